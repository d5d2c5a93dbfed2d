package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonMembers;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MemberEdit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A JSON request body. A member that occurs twice counts with its last value, and goes to the
 * provider once, so that the provider can't take another value than the gateway did. Immutable.
 */
public final class JsonBody implements RequestBody {
    private static final byte[] MODEL = utf8("model");
    private static final byte[] STREAM_OPTIONS = utf8("stream_options");
    private static final byte[] INCLUDE_USAGE = utf8("\"include_usage\":true");
    private static final byte[] USAGE_OPTIONS = utf8("{\"include_usage\":true}");
    private static final byte[] TRUE = utf8("true");

    private final Endpoint endpoint;
    private final byte[] bytes;
    private final JsonMembers members;
    private final RequestFacts facts;
    private final Optional<Json> json;

    JsonBody(
            Endpoint endpoint,
            byte[] bytes,
            JsonMembers members,
            RequestFacts facts,
            Optional<Json> json) {
        this.endpoint = endpoint;
        this.bytes = bytes;
        this.members = members;
        this.facts = facts;
        this.json = json;
    }

    static JsonBody scan(Endpoint endpoint, byte[] body) {
        return new RequestScan(endpoint, body).scan();
    }

    @Override
    public RequestFacts facts() {
        return facts;
    }

    @Override
    public Optional<Json> json() {
        return json;
    }

    @Override
    public int length() {
        return bytes.length;
    }

    @Override
    public RewrittenBody rewrite(RequestEdit edit) {
        List<String> dropped = new ArrayList<>();
        JsonEdit changes = new JsonEdit(bytes, 0, bytes.length);
        MemberEdit plan = new MemberEdit(members);
        plan.dropRepeated();
        if (!edit.drop().isEmpty() || !edit.rename().isEmpty()) {
            rename(edit, plan, changes, dropped);
        }
        if (!endpoint.modelInPath()) {
            replaceModel(edit.model(), plan, changes);
        }
        if (edit.askStreamUsage() && facts.stream() && !facts.streamUsageAsked()) {
            askUsage(plan, changes);
        }
        plan.writeTo(changes);
        return new RewrittenBody(changes.apply(), dropped);
    }

    private void replaceModel(String model, MemberEdit plan, JsonEdit changes) {
        byte[] quoted = JsonText.quoted(model);
        int member = plan.find(MODEL);
        if (member < 0) {
            plan.append(MODEL, quoted);
        } else if (!model.equals(facts.model())) {
            changes.replace(members.valueFrom(member), members.valueTo(member), quoted);
        }
    }

    private void rename(RequestEdit edit, MemberEdit plan, JsonEdit changes, List<String> dropped) {
        for (int i = 0; i < members.size(); i++) {
            if (plan.isDropped(i)) {
                continue;
            }
            String name = members.name(i);
            String other = edit.rename().get(name);
            if (other != null) {
                if (plan.find(utf8(other)) >= 0) {
                    plan.drop(i);
                } else {
                    changes.replace(
                            members.keyFrom(i) - 1, members.keyTo(i) + 1, JsonText.quoted(other));
                }
            } else if (edit.drop().contains(name)) {
                plan.drop(i);
                if (!members.isNull(i)) {
                    dropped.add(name);
                }
            }
        }
    }

    private void askUsage(MemberEdit plan, JsonEdit changes) {
        if (endpoint != Endpoint.CHAT_COMPLETIONS && endpoint != Endpoint.COMPLETIONS) {
            return;
        }
        int options = plan.find(STREAM_OPTIONS);
        if (options < 0) {
            plan.append(STREAM_OPTIONS, USAGE_OPTIONS);
            return;
        }
        int from = members.valueFrom(options);
        int to = members.valueTo(options);
        if (bytes[from] != '{') {
            changes.replace(from, to, USAGE_OPTIONS);
            return;
        }
        JsonMembers inner = JsonMembers.of(bytes, from, to);
        MemberEdit innerPlan = new MemberEdit(inner);
        innerPlan.dropRepeated();
        int include = innerPlan.find(utf8("include_usage"));
        if (include < 0) {
            innerPlan.append(INCLUDE_USAGE);
        } else {
            changes.replace(inner.valueFrom(include), inner.valueTo(include), TRUE);
        }
        innerPlan.writeTo(changes);
    }
}
