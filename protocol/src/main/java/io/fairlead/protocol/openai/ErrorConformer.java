package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.JsonMembers;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.json.MemberEdit;

/**
 * Brings a provider's error body into OpenAI's shape: its message stays, its other members too.
 * Stateless: any thread.
 */
public final class ErrorConformer {
    private static final byte[] ERROR = utf8("error");

    private ErrorConformer() {}

    /**
     * The error body as an OpenAI client expects it; the same array when nothing was wrong.
     *
     * @param status the HTTP status it goes with
     */
    public static byte[] conform(byte[] body, int status) {
        ErrorBody error = ErrorBody.read(body);
        try {
            JsonMembers members = JsonMembers.of(body, 0, body.length);
            int found = members.find(ERROR);
            JsonEdit edit = new JsonEdit(body, 0, body.length);
            if (found >= 0 && members.kind(found) == '{') {
                Conformance conformance = Conformance.OFF;
                new Conformer(Endpoint.CHAT_COMPLETIONS, conformance, true)
                        .walk(Shapes.error(type(status)), body, 0, body.length, edit);
                return edit.apply();
            }
            MemberEdit plan = new MemberEdit(members);
            if (found >= 0) {
                edit.replace(
                        members.valueFrom(found), members.valueTo(found), object(error, status));
            } else {
                plan.append(ERROR, object(error, status));
            }
            plan.writeTo(edit);
            return edit.apply();
        } catch (MalformedJson noObject) {
            return JsonText.join(utf8("{\"error\":"), object(error, status), utf8("}"));
        }
    }

    private static byte[] object(ErrorBody error, int status) {
        StringBuilder out = new StringBuilder("{\"message\":");
        String message = error.message();
        JsonText.quote(message.isEmpty() ? "the provider answered with " + status : message, out);
        out.append(",\"type\":");
        JsonText.quote(error.type().orElse(type(status)), out);
        out.append(",\"param\":");
        error.param()
                .ifPresentOrElse(param -> JsonText.quote(param, out), () -> out.append("null"));
        out.append(",\"code\":");
        error.code().ifPresentOrElse(code -> JsonText.quote(code, out), () -> out.append("null"));
        return utf8(out.append('}').toString());
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
