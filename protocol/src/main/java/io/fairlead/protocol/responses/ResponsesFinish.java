package io.fairlead.protocol.responses;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonObject;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Finish.Reason;

import java.util.Optional;

/** Status of a response, and why it is incomplete. Stateless: any thread. */
final class ResponsesFinish {
    static final String COMPLETED = "completed";
    static final String INCOMPLETE = "incomplete";
    static final String FAILED = "failed";

    private static final String MAX_TOKENS = "max_output_tokens";
    private static final String FILTERED = "content_filter";

    private ResponsesFinish() {}

    /** Absent while the response is being made. */
    static Optional<Finish> read(Fields response, boolean calls, boolean refused) {
        String status =
                response.peek("status").filter(Json::isString).map(Json::text).orElse(COMPLETED);
        return switch (status) {
            case "queued", "in_progress" -> Optional.empty();
            case COMPLETED -> {
                Reason reason = calls ? Reason.TOOL_CALLS : refused ? Reason.REFUSAL : Reason.STOP;
                yield Optional.of(Finish.of(reason, status));
            }
            case INCOMPLETE -> {
                String why =
                        response.peek("incomplete_details")
                                .flatMap(details -> details.get("reason"))
                                .filter(Json::isString)
                                .map(Json::text)
                                .orElse(INCOMPLETE);
                Reason reason =
                        switch (why) {
                            case MAX_TOKENS -> Reason.LENGTH;
                            case FILTERED -> Reason.CONTENT_FILTER;
                            default -> Reason.OTHER;
                        };
                yield Optional.of(Finish.of(reason, why));
            }
            case FAILED -> Optional.of(Finish.of(Reason.ERROR, status));
            default -> Optional.of(Finish.of(Reason.OTHER, status));
        };
    }

    /** A refusal without words of its own is a filter's: else nobody would know of it. */
    static Optional<Finish> told(Optional<Finish> finish, boolean refusalSaid) {
        return finish.map(it ->
                it.reason() == Reason.REFUSAL && !refusalSaid
                        ? Finish.of(Reason.CONTENT_FILTER, it.word())
                        : it);
    }

    static String status(Optional<Finish> finish) {
        return switch (finish.map(Finish::reason).orElse(Reason.STOP)) {
            case STOP, STOP_SEQUENCE, TOOL_CALLS, REFUSAL, PAUSE, OTHER -> COMPLETED;
            case LENGTH, CONTEXT_FULL, CONTENT_FILTER -> INCOMPLETE;
            case ERROR, MALFORMED_CALL -> FAILED;
        };
    }

    /** Puts what the status needs to be understood. */
    static void details(JsonObject response, Optional<Finish> finish) {
        String status = status(finish);
        if (status.equals(INCOMPLETE)) {
            boolean filtered = finish.orElseThrow().reason() == Reason.CONTENT_FILTER;
            response.object("incomplete_details").put("reason", filtered ? FILTERED : MAX_TOKENS);
        } else if (status.equals(FAILED)) {
            boolean call = finish.orElseThrow().reason() == Reason.MALFORMED_CALL;
            response.object("error")
                    .put("code", "server_error")
                    .put(
                            "message",
                            call
                                    ? "The model made a call that is none."
                                    : "The provider could not finish the answer.");
        }
    }
}
