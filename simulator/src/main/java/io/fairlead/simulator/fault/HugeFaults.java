package io.fairlead.simulator.fault;

import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimStep;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalLong;

/** Answers far larger than anyone wants, made as they are read. Stateless. */
public final class HugeFaults {
    private static final int BLOCK_BYTES = 64 * 1024;

    private HugeFaults() {}

    /**
     * A well-formed answer with so many bytes of text; in a stream, of as many events as that
     * takes.
     */
    public static Fault answer(long bytes) {
        SimStep.Send event =
                send(
                        "data:"
                            + " {\"id\":\"huge\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"sim\","
                            + "\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                                + "x".repeat(200)
                                + "\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n");
        return Fault.ofReply((_, reply) ->
                reply.withBody(_ ->
                        StreamFaults.isStream(reply)
                                ? new Repeated(
                                        send(""), event, bytes, send("data: [DONE]\n\n"), false)
                                : unary(bytes)));
    }

    /** A stream with one event of that size, on one line. */
    public static Fault event(long bytes) {
        return Fault.ofReply((_, reply) ->
                reply.withBody(_ ->
                        new Repeated(
                                send("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""),
                                filler(),
                                bytes,
                                send("\"}}]}\n\ndata: [DONE]\n\n"),
                                false)));
    }

    /** A header of that size. */
    public static Fault header(int bytes) {
        return Fault.ofReply((_, reply) -> reply.withHeader("x-huge", "h".repeat(bytes)));
    }

    private static SimBody unary(long bytes) {
        return new Repeated(
                send(
                        "{\"id\":\"huge\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"sim\",\"choices\":"
                            + "[{\"index\":0,\"message\":{\"role\":\"assistant\",\"refusal\":null,\"content\":\""),
                filler(),
                bytes,
                send("\"},\"logprobs\":null,\"finish_reason\":\"stop\"}]}"),
                true);
    }

    private static SimStep.Send filler() {
        byte[] block = new byte[BLOCK_BYTES];
        Arrays.fill(block, (byte) 'x');
        return new SimStep.Send(block);
    }

    private static SimStep.Send send(String text) {
        return new SimStep.Send(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A start, a block over and over until so many bytes of it were sent, and an end. Immutable.
     */
    private record Repeated(
            SimStep.Send start, SimStep.Send block, long bytes, SimStep.Send end, boolean exact)
            implements SimBody {

        @Override
        public OptionalLong length() {
            return exact
                    ? OptionalLong.of(start.length() + bytes + end.length())
                    : OptionalLong.empty();
        }

        @Override
        public Iterator<SimStep> steps() {
            return new Iterator<>() {
                private boolean begun = start.length() == 0;
                private long left = bytes;
                private boolean over;

                @Override
                public boolean hasNext() {
                    return !over;
                }

                @Override
                public SimStep next() {
                    if (!begun) {
                        begun = true;
                        return start;
                    }
                    if (left > 0) {
                        int count = (int) Math.min(left, block.length());
                        left -= count;
                        // part of an event would be no event
                        return exact ? block.slice(0, count) : block;
                    }
                    over = true;
                    return end;
                }
            };
        }
    }
}
