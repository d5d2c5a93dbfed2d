package io.fairlead.simulator.fault;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Faults inside an answer whose status says 200. Those of a stream leave an answer alone that is
 * none, save the errors, which become a 200 with an error body. Stateless.
 */
public final class StreamFaults {
    private static final String DONE = "data: [DONE]\n\n";
    private static final String ERROR =
            ErrorAnswers.error(
                    "server_error",
                    "\"server_error\"",
                    "The server had an error while processing.");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private StreamFaults() {}

    /**
     * After some events, a chunk with an {@code error} member and a numeric code, as OpenRouter
     * sends it.
     */
    public static Fault errorChunk(long afterEvents) {
        String error =
                "{\"code\":502,\"message\":\"Provider returned"
                        + " error\",\"metadata\":{\"provider_name\":\"sim\"}}";
        return error(
                afterEvents,
                error,
                "data:"
                    + " {\"id\":\"gen-sim\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"sim\","
                    + "\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},"
                    + "\"finish_reason\":\"error\"}],\"error\":"
                        + error
                        + "}\n\n");
    }

    /** After some events, a named {@code error} event and nothing else, as Groq sends it. */
    public static Fault errorEvent(long afterEvents) {
        return error(afterEvents, ERROR, "event: error\ndata: {\"error\":" + ERROR + "}\n\n");
    }

    /**
     * After some events, {@code error} and {@code response.failed}, as OpenAI's Responses API sends
     * them.
     */
    public static Fault errorResponse(long afterEvents) {
        return Fault.ofReply((_, reply) -> {
            if (!isStream(reply)) {
                return SimAnswer.json(200, "{\"error\":" + ERROR + "}");
            }
            SimStep error =
                    event(
                            "event: error\ndata: {\"type\":\"error\",\"sequence_number\":"
                                    + afterEvents
                                    + ",\"error\":"
                                    + ERROR
                                    + "}\n\n");
            SimStep failed = event(failed(reply.body(), afterEvents + 1));
            return reply.withBody(body -> Truncated.afterEvents(body, afterEvents, error, failed));
        });
    }

    /** A 200 whose body is empty. */
    public static Fault empty() {
        return Fault.ofReply((_, reply) ->
                reply.withBody(body -> isStream(reply) ? SimBody.of(List.of()) : SimBody.of("")));
    }

    /** A stream of nothing but its end. */
    public static Fault doneOnly() {
        return ofStream(_ -> SimBody.events(List.of(DONE)));
    }

    /** A stream that begins and ends well, without any output between. */
    public static Fault roleOnly() {
        return ofStream(body -> Truncated.afterEvents(body, 1, event(DONE)));
    }

    /** A stream whose last events (finish reason, usage, end) come twice. */
    public static Fault duplicateEnd() {
        return ofStream(body -> {
            List<SimStep> steps = new ArrayList<>();
            body.steps().forEachRemaining(steps::add);
            int end = 0;
            while (end < steps.size() && !isFinal(steps.get(end))) {
                end++;
            }
            steps.addAll(List.copyOf(steps.subList(end, steps.size())));
            return SimBody.of(steps);
        });
    }

    /** A stream without its last event, which is {@code [DONE]} or {@code response.completed}. */
    public static Fault noEnd() {
        return ofStream(body -> {
            List<SimStep> steps = new ArrayList<>();
            body.steps().forEachRemaining(steps::add);
            return SimBody.of(steps.subList(0, Math.max(0, steps.size() - 1)));
        });
    }

    /**
     * JSON that breaks off in the middle although the answer is complete; in a stream, in its
     * second event.
     */
    public static Fault malformedJson() {
        return Fault.ofReply((_, reply) -> {
            if (!isStream(reply)) {
                byte[] all = reply.body().allBytes();
                return reply.withBody(_ -> SimBody.of(Arrays.copyOf(all, all.length / 2)));
            }
            return reply.withBody(body -> {
                List<SimStep> steps = new ArrayList<>();
                body.steps().forEachRemaining(steps::add);
                steps.add(Math.min(1, steps.size()), event("data: {\"id\":\"broken\n\n"));
                return SimBody.of(steps);
            });
        });
    }

    private static Fault error(long afterEvents, String error, String event) {
        return Fault.ofReply((_, reply) ->
                isStream(reply)
                        ? reply.withBody(
                                body -> Truncated.afterEvents(body, afterEvents, event(event)))
                        : SimAnswer.json(200, "{\"error\":" + error + "}"));
    }

    private static Fault ofStream(UnaryOperator<SimBody> change) {
        return Fault.ofReply((_, reply) -> isStream(reply) ? reply.withBody(change) : reply);
    }

    static boolean isStream(SimAnswer.Reply reply) {
        return reply.headers().stream()
                .anyMatch(header ->
                        header.name().equalsIgnoreCase("content-type")
                                && header.value().startsWith("text/event-stream"));
    }

    private static SimStep event(String text) {
        return new SimStep.Send(text.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isFinal(SimStep step) {
        if (!(step instanceof SimStep.Send send)) {
            return false;
        }
        String text =
                new String(send.array(), send.offset(), send.length(), StandardCharsets.UTF_8);
        return text.contains("\"finish_reason\":\"")
                || text.contains("response.completed")
                || text.startsWith("data: [DONE]");
    }

    private static String failed(SimBody body, long sequenceNumber) {
        ObjectNode response = JSON.createObjectNode();
        for (Iterator<SimStep> steps = body.steps(); steps.hasNext(); ) {
            if (steps.next() instanceof SimStep.Send send) {
                String text =
                        new String(
                                send.array(), send.offset(), send.length(), StandardCharsets.UTF_8);
                JsonNode created =
                        JSON.readTree(text.substring(text.indexOf("data: ") + 6)).path("response");
                if (created instanceof ObjectNode object) {
                    response = object.deepCopy();
                }
                break;
            }
        }
        response.put("status", "failed");
        response.putObject("error")
                .put("code", "server_error")
                .put("message", "The server had an error.");
        return "event: response.failed\ndata: {\"type\":\"response.failed\",\"sequence_number\":"
                + sequenceNumber
                + ",\"response\":"
                + response
                + "}\n\n";
    }
}
