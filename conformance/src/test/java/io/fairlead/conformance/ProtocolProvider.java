package io.fairlead.conformance;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.protocol.adapt.AnswerReplay;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.simulator.Header;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.SimStep;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A simulated provider that speaks one protocol: reads requests of it, and answers as {@link
 * CannedAnswer} says, at once or in small pieces. Stateless: any thread.
 */
final class ProtocolProvider implements SimProvider {
    private static final Pattern MODEL_IN_PATH =
            Pattern.compile("/models?/([^/:]+)[:/]([A-Za-z-]+)$");
    private static final Set<String> STREAMING = Set.of("streamGenerateContent", "converse-stream");
    private static final Duration PAUSE = Duration.ofMillis(40);
    private static final Duration LONG = Duration.ofMillis(800);
    private static final int PIECES = 3;

    private final ChatProtocol protocol;

    ProtocolProvider(ChatProtocol protocol) {
        this.protocol = protocol;
    }

    @Override
    public SimAnswer answer(SimRequest request) {
        Matcher path = MODEL_IN_PATH.matcher(request.path());
        boolean named = path.find();
        ChatRequest read;
        try {
            read =
                    protocol.readRequest(
                            new WireRequest(
                                    Json.parse(request.body()),
                                    named
                                            ? Optional.of(
                                                    URLDecoder.decode(
                                                            path.group(1), StandardCharsets.UTF_8))
                                            : Optional.empty(),
                                    named
                                            ? Optional.of(STREAMING.contains(path.group(2)))
                                            : Optional.empty(),
                                    Map.of()));
        } catch (Unreadable unreadable) {
            return CannedError.of(protocol.protocol(), 400, "" + unreadable.getMessage());
        }
        CannedAnswer script = CannedAnswer.to(read, protocol.protocol());
        if (script.status() != 200) {
            return CannedError.of(protocol.protocol(), script.status(), script.problem());
        }
        AnswerContext context = new AnswerContext(read, "0123456789abcdef", "m", 1_700_000_000L);
        return read.delivery().stream()
                ? streamed(script, context)
                : SimAnswer.bytes(
                                200,
                                "application/json",
                                protocol.writeAnswer(script.answer(), context))
                        .after(script.slow() ? LONG : Duration.ZERO);
    }

    private SimAnswer streamed(CannedAnswer script, AnswerContext context) {
        StreamWriter writer = protocol.streamWriter(context);
        List<SimStep> steps = new ArrayList<>();
        boolean broken = false;
        for (Batch batch : inPieces(script.answer())) {
            StreamEvent event = batch.events().getFirst();
            if (script.breaks() && event instanceof StreamEvent.ChoiceEnded) {
                broken = true;
                break;
            }
            send(writer.write(batch), steps);
            if (script.slow() && event instanceof StreamEvent.PartGrew) {
                steps.add(new SimStep.Wait(PAUSE));
            }
        }
        if (broken) {
            send(writer.fail(GatewayError.of(ErrorCode.UPSTREAM_ERROR, "it broke")), steps);
        }
        return new SimAnswer.Reply(
                Duration.ZERO,
                200,
                List.of(new Header("content-type", protocol.framing().contentType())),
                SimBody.of(steps));
    }

    /** Every event by itself, and each message cut in two. */
    private void send(List<Frame> frames, List<SimStep> steps) {
        for (Frame frame : frames) {
            byte[] bytes = protocol.framing().encode(frame);
            SimStep.Send all = new SimStep.Send(bytes);
            int cut = bytes.length * 2 / 3;
            if (cut > 0) {
                steps.add(all.slice(0, cut));
            }
            steps.add(all.slice(cut, bytes.length - cut));
        }
    }

    private static List<Batch> inPieces(ChatAnswer answer) {
        List<Batch> pieces = new ArrayList<>();
        for (Batch batch : AnswerReplay.of(answer)) {
            for (StreamEvent event : batch.events()) {
                if (event instanceof StreamEvent.PartGrew grew) {
                    for (Growth growth : inPieces(grew.growth())) {
                        pieces.add(
                                Batch.of(
                                        new StreamEvent.PartGrew(
                                                grew.choice(),
                                                grew.part(),
                                                growth,
                                                grew.beside())));
                    }
                } else {
                    pieces.add(Batch.of(event));
                }
            }
        }
        return pieces;
    }

    private static List<Growth> inPieces(Growth growth) {
        List<Growth> pieces = new ArrayList<>();
        switch (growth) {
            case Growth.MoreText(String text) ->
                    cut(text).forEach(it -> pieces.add(new Growth.MoreText(it)));
            case Growth.MoreArguments(String text) ->
                    cut(text).forEach(it -> pieces.add(new Growth.MoreArguments(it)));
            case Growth.MoreReasoning(String text, boolean summary, int section) ->
                    cut(text)
                            .forEach(it ->
                                    pieces.add(new Growth.MoreReasoning(it, summary, section)));
            case Growth.Cited ignored -> pieces.add(growth);
            case Growth.Sealed ignored -> pieces.add(growth);
            case Growth.MoreMedia ignored -> pieces.add(growth);
            case Growth.MoreForeign ignored -> pieces.add(growth);
        }
        return pieces;
    }

    private static List<String> cut(String text) {
        List<String> pieces = new ArrayList<>();
        int length = Math.max(1, Math.ceilDiv(text.length(), PIECES));
        for (int from = 0; from < text.length(); from += length) {
            pieces.add(text.substring(from, Math.min(text.length(), from + length)));
        }
        return pieces;
    }
}
