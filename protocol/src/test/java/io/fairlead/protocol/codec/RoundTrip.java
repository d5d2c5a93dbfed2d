package io.fairlead.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What is read and written again is the same: the strongest test of a protocol's package. Known
 * differences are edits of the recorded JSON, given by the test with their reasons. Stateless: any
 * thread.
 */
public final class RoundTrip {
    private final ChatProtocol protocol;
    private final Function<Exchange, WireRequest> request;
    private final UnaryOperator<Json> expected;

    /**
     * @param request the recorded request as a wire request, with what its path says
     * @param expected what is expected of each recorded value or message: it itself, but for the
     *     known differences
     */
    public RoundTrip(
            ChatProtocol protocol,
            Function<Exchange, WireRequest> request,
            UnaryOperator<Json> expected) {
        this.protocol = protocol;
        this.request = request;
        this.expected = expected;
    }

    public void request(Exchange exchange) {
        Json recorded = exchange.request().orElseThrow();
        ChatRequest read = protocol.readRequest(request.apply(exchange));
        Json written = Json.parse(protocol.writeRequest(read).body());
        same(exchange, "request", written, expected.apply(recorded));
    }

    public void answer(Exchange exchange) {
        Json recorded = exchange.answer().orElseThrow();
        Json written =
                Json.parse(protocol.writeAnswer(protocol.readAnswer(recorded), context(exchange)));
        same(exchange, "answer", written, expected.apply(recorded));
    }

    public void stream(Exchange exchange) {
        StreamReader reader = protocol.streamReader();
        StreamWriter writer = protocol.streamWriter(context(exchange));
        List<Frame> written = new ArrayList<>();
        for (Frame frame : exchange.frames()) {
            written.addAll(writer.write(reader.read(frame)));
        }
        Batch end = reader.end();
        written.addAll(writer.write(end));
        assertThat(written)
                .as("%s: number of messages", exchange.id())
                .hasSameSizeAs(exchange.frames());
        for (int i = 0; i < written.size(); i++) {
            Frame before = exchange.frames().get(i);
            Frame after = written.get(i);
            String where = "message " + i;
            assertThat(after.name()).as("%s: %s", exchange.id(), where).isEqualTo(before.name());
            if (before.isDone() || after.isDone()) {
                assertThat(after.text()).as("%s: %s", exchange.id(), where).isEqualTo(Frame.DONE);
            } else {
                Json want = expected.apply(Json.parse(before.data()));
                same(exchange, where, Json.parse(after.data()), want);
            }
        }
    }

    private AnswerContext context(Exchange exchange) {
        ChatRequest asked =
                Optional.of(exchange)
                        .filter(e -> e.request().isPresent())
                        .map(e -> protocol.readRequest(request.apply(e)))
                        .orElse(ChatRequest.of("m"));
        return new AnswerContext(asked, "0123456789abcdef", "m", 1_700_000_000);
    }

    private static void same(Exchange exchange, String what, Json written, Json recorded) {
        assertThat(JsonDifference.between(recorded, written))
                .as("%s: %s, recorded against written", exchange.id(), what)
                .isEmpty();
    }
}
