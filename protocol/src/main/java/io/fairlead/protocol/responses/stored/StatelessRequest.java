package io.fairlead.protocol.responses.stored;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonMembers;

/**
 * A request of the Responses API as providers are sent it that speak it and keep nothing.
 * Stateless: any thread.
 */
public final class StatelessRequest {
    private static final byte[] STORE = utf8("store");
    private static final byte[] FALSE = utf8("false");

    private StatelessRequest() {}

    /**
     * The request, with {@code store} off where it is on; all other bytes stay.
     *
     * @throws Unsupported if it asks for what only who keeps responses can do
     */
    public static byte[] of(byte[] body) {
        JsonMembers members = JsonMembers.of(body, 0, body.length);
        refuse(
                members,
                "background",
                (byte) 't',
                "this provider makes no answers in the background");
        refuse(
                members,
                "previous_response_id",
                (byte) '"',
                "neither this provider nor the gateway keeps it");
        refuse(members, "conversation", (byte) '"', "only OpenAI keeps conversations of this kind");
        refuse(members, "conversation", (byte) '{', "only OpenAI keeps conversations of this kind");
        int store = members.find(STORE);
        if (store < 0 || members.kind(store) != 't') {
            return body;
        }
        JsonEdit edit = new JsonEdit(body, 0, body.length);
        edit.replace(members.valueFrom(store), members.valueTo(store), FALSE);
        return edit.apply();
    }

    private static void refuse(JsonMembers members, String name, byte kind, String why) {
        int member = members.find(utf8(name));
        if (member >= 0 && members.kind(member) == kind) {
            throw new Unsupported(name, why);
        }
    }
}
