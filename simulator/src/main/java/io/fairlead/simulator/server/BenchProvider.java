package io.fairlead.simulator.server;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.SimStep;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;

/**
 * Canned answers for benchmarks, at a cost per request and per event that is as low as the
 * server's: nothing of the request is looked at but its path. Under {@code /bench/unary} a chat
 * completion of about 1.2 KB, under {@code /bench/full} a stream at full speed, under {@code
 * /bench/paced} one with an interval between events, each event by itself and of about 250 bytes.
 * Paced events carry the time of their sending as {@code "sent_nanos":"…"}, which is {@link
 * System#nanoTime} and may be compared with the same clock of another process on the same machine.
 * Other paths go to another provider. Thread-safe.
 */
public final class BenchProvider implements SimProvider {
    private static final String UNARY = "/bench/unary/";
    private static final String FULL = "/bench/full/";
    private static final String PACED = "/bench/paced/";
    private static final int UNARY_BYTES = 1_200;
    private static final int EVENT_BYTES = 250;

    private final SimAnswer unary;
    private final SimAnswer full;
    private final SimAnswer paced;
    private final SimProvider others;

    /**
     * Streams have so many events before the one with the finish reason and the one with the usage.
     */
    public BenchProvider(int events, Duration interval, SimProvider others) {
        this.unary = SimAnswer.json(200, completion());
        this.full = SimAnswer.eventStream(new Stream(events, Duration.ZERO));
        this.paced = SimAnswer.eventStream(new Stream(events, interval));
        this.others = others;
    }

    @Override
    public SimAnswer answer(SimRequest request) {
        String path = request.path();
        if (path.startsWith(UNARY)) {
            return unary;
        } else if (path.startsWith(FULL)) {
            return full;
        }
        return path.startsWith(PACED) ? paced : others.answer(request);
    }

    private static String completion() {
        String head =
                "{\"id\":\"chatcmpl-bench0000000000000000000000000\",\"object\":\"chat.completion\","
                    + "\"created\":1767225600,\"model\":\"bench\",\"choices\":[{\"index\":0,\"message\":"
                    + "{\"role\":\"assistant\",\"content\":\"";
        String tail =
                "\",\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":"
                    + "{\"prompt_tokens\":200,\"completion_tokens\":150,\"total_tokens\":350,"
                    + "\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
                    + "\"completion_tokens_details\":{\"reasoning_tokens\":0,\"audio_tokens\":0,"
                    + "\"accepted_prediction_tokens\":0,\"rejected_prediction_tokens\":0}},"
                    + "\"service_tier\":\"default\",\"system_fingerprint\":\"fp_sim\"}";
        return head + filler(UNARY_BYTES - head.length() - tail.length()) + tail;
    }

    private static String filler(int length) {
        return "lorem ipsum dolor sit amet "
                .repeat(1 + length / 27)
                .substring(0, Math.max(0, length));
    }

    /** A canned chat completion stream. Immutable. */
    private static final class Stream implements SimBody {
        private static final int DIGITS = 20;
        private static final String HEAD =
                "data:"
                    + " {\"id\":\"chatcmpl-bench0000000000000000000000000\",\"object\":\"chat.completion.chunk\","
                    + "\"created\":1767225600,\"model\":\"bench\",\"choices\":[";

        private final int events;
        private final SimStep wait;
        private final boolean timed;
        private final byte[] event;
        private final int sentAt;
        private final SimStep role =
                send(HEAD + delta("\"role\":\"assistant\",\"content\":\"\"") + "null}]}\n\n");
        private final SimStep fixed;
        private final SimStep finish = send(HEAD + delta("") + "\"stop\"}]}\n\n");
        private final SimStep end;

        Stream(int events, Duration interval) {
            this.events = events;
            this.wait = new SimStep.Wait(interval);
            this.timed = !interval.isZero();
            String stamp = "\"sent_nanos\":\"";
            String tail = "null}]," + stamp + "0".repeat(DIGITS) + "\"}\n\n";
            String start = HEAD + "{\"index\":0,\"delta\":{\"content\":\" ";
            String close = "\"},\"logprobs\":null,\"finish_reason\":";
            String text =
                    start
                            + filler(EVENT_BYTES - start.length() - close.length() - tail.length())
                            + close
                            + tail;
            this.event = text.getBytes(StandardCharsets.UTF_8);
            this.sentAt = text.indexOf(stamp) + stamp.length();
            this.fixed = new SimStep.Send(event);
            this.end =
                    send(
                            HEAD
                                    + "],\"usage\":{\"prompt_tokens\":200,\"completion_tokens\":"
                                    + events
                                    + ",\"total_tokens\":"
                                    + (200 + events)
                                    + "}}\n\ndata: [DONE]\n\n");
        }

        private static String delta(String members) {
            return "{\"index\":0,\"delta\":{" + members + "},\"logprobs\":null,\"finish_reason\":";
        }

        private static SimStep send(String text) {
            return new SimStep.Send(text.getBytes(StandardCharsets.UTF_8));
        }

        private SimStep stamped() {
            byte[] copy = event.clone();
            long nanos = System.nanoTime();
            for (int i = DIGITS - 1; nanos != 0; i--) {
                copy[sentAt + i] = (byte) ('0' + Math.abs(nanos % 10));
                nanos /= 10;
            }
            return new SimStep.Send(copy);
        }

        @Override
        public Iterator<SimStep> steps() {
            return new Iterator<>() {
                private int sent = -1;
                private boolean waited;

                @Override
                public boolean hasNext() {
                    return sent < events + 2;
                }

                @Override
                public SimStep next() {
                    if (timed && !waited && sent >= 0 && sent < events) {
                        waited = true;
                        return wait;
                    }
                    waited = false;
                    sent++;
                    if (sent == 0) {
                        return role;
                    } else if (sent <= events) {
                        return timed ? stamped() : fixed;
                    }
                    return sent == events + 1 ? finish : end;
                }
            };
        }
    }
}
