package io.fairlead.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.simulator.Header;
import io.fairlead.simulator.RequestedModel;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimBody;
import io.fairlead.simulator.SimRequest;
import io.fairlead.simulator.SimStep;

import org.junit.jupiter.api.Test;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

class FaultInjectorTest {
    private static final String DONE = "data: [DONE]\n\n";
    private static final List<String> EVENTS =
            List.of(
                    "data: {\"role\":1}\n\n",
                    "data: {\"text\":1}\n\n",
                    "data: {\"text\":2}\n\n",
                    "data: {\"finish_reason\":\"stop\"}\n\n",
                    DONE);
    private static final String UNARY = "{\"choices\":[1]}";

    private final FaultInjector unary = new FaultInjector(_ -> SimAnswer.json(200, UNARY));
    private final FaultInjector stream =
            new FaultInjector(_ -> SimAnswer.eventStream(SimBody.events(EVENTS)));

    private static SimRequest request(String fault) {
        return new SimRequest(
                "POST", "/", "", List.of(new Header("X-Sim-Fault", fault)), new byte[0]);
    }

    private static SimAnswer.Reply reply(FaultInjector injector, String fault) {
        return (SimAnswer.Reply) injector.answer(request(fault));
    }

    private static String text(SimAnswer.Reply reply) {
        return new String(reply.body().allBytes(), StandardCharsets.UTF_8);
    }

    /** Sends by their text, other steps by their names. */
    private static List<String> steps(SimAnswer.Reply reply) {
        List<String> steps = new ArrayList<>();
        for (Iterator<SimStep> each = reply.body().steps(); each.hasNext(); ) {
            steps.add(
                    switch (each.next()) {
                        case SimStep.Send send ->
                                new String(
                                        send.array(),
                                        send.offset(),
                                        send.length(),
                                        StandardCharsets.UTF_8);
                        case SimStep.Wait _ -> "wait";
                        case SimStep.Cut _ -> "cut";
                        case SimStep.Reset _ -> "reset";
                        case SimStep.Stall _ -> "stall";
                    });
        }
        return steps;
    }

    @Test
    void knowsEveryNameItLists() {
        for (String name : FaultNames.all()) {
            for (String number : List.of("N", "3", "500")) {
                String concrete =
                        name.replace(" (any status from 400 to 599)", "").replace("N", number);
                boolean bare = concrete.equals("N") || concrete.equals("3");
                assertThat(FaultNames.parse(concrete.replace("-N", "")).isPresent())
                        .as(concrete)
                        .isEqualTo(!bare);
            }
        }
        assertThatThrownBy(() -> Fault.named("no-such-fault"))
                .hasMessageContaining("no-such-fault");
        assertThat(FaultNames.parse("huge-99999999999999999999")).isEmpty();
        assertThat(FaultNames.parse("200")).isEmpty();
    }

    @Test
    void failsBeforeTheHead() {
        assertThat(stream.answer(request("reset-before-headers")))
                .isInstanceOf(SimAnswer.Reset.class);
        assertThat(stream.answer(request("cut-before-headers")))
                .isInstanceOf(SimAnswer.Hangup.class);
        assertThat(stream.answer(request("stall-before-headers")))
                .isInstanceOf(SimAnswer.Silence.class);
        assertThat(reply(unary, "delay-300").delay().toMillis()).isEqualTo(300);
    }

    @Test
    void breaksOffAfterEventsOrBytes() {
        assertThat(steps(reply(stream, "reset-after-headers"))).containsExactly("wait", "reset");
        assertThat(steps(reply(stream, "cut-after-headers"))).containsExactly("wait", "cut");
        assertThat(steps(reply(stream, "stall-after-headers"))).containsExactly("stall");
        assertThat(steps(reply(stream, "cut-after-events-2")))
                .containsExactly(EVENTS.get(0), EVENTS.get(1), "wait", "cut");
        assertThat(steps(reply(stream, "reset-after-events-1")))
                .containsExactly(EVENTS.get(0), "wait", "reset");
        assertThat(steps(reply(stream, "stall-after-events-1")))
                .containsExactly(EVENTS.get(0), "stall");
        assertThat(steps(reply(stream, "cut-after-bytes-20")))
                .containsExactly(EVENTS.get(0), "da", "wait", "cut");
        assertThat(steps(reply(unary, "cut-after-bytes-3"))).containsExactly("{\"c", "wait", "cut");
        assertThat(reply(unary, "cut-after-bytes-3").body().length()).hasValue(UNARY.length());
    }

    @Test
    void dripsEveryByte() {
        List<String> steps = steps(reply(unary, "drip-5"));
        assertThat(steps).hasSize(2 * UNARY.length()).startsWith("wait", "{", "wait", "\"");
        assertThat(text(reply(unary, "drip"))).isEqualTo(UNARY);
    }

    @Test
    void answersWithErrorStatuses() {
        for (int status : new int[] {400, 401, 402, 403, 404, 413, 429, 500, 502, 503, 529}) {
            SimAnswer.Reply reply = reply(stream, Integer.toString(status));
            assertThat(reply.status()).isEqualTo(status);
            assertThat(text(reply)).startsWith("{\"error\":{\"message\":\"");
            assertThat(reply.headers()).noneMatch(header -> header.name().equals("retry-after"));
        }
        assertThat(reply(unary, "429-retry-after-7").headers())
                .contains(new Header("retry-after", "7"));
        assertThat(reply(unary, "html-503").status()).isEqualTo(503);
        assertThat(text(reply(unary, "html"))).startsWith("<html>");
    }

    @Test
    void breaksJson() {
        assertThatThrownBy(() -> JsonMapper.shared().readTree(text(reply(unary, "malformed-json"))))
                .isInstanceOf(JacksonException.class);
        assertThat(steps(reply(stream, "malformed-json")))
                .hasSize(6)
                .contains("data: {\"id\":\"broken\n\n");
    }

    @Test
    void putsErrorsIntoStreamsInThreeStyles() {
        List<String> chunk = steps(reply(stream, "error-chunk-2"));
        assertThat(chunk).hasSize(3);
        assertThat(chunk.getLast())
                .startsWith("data: {\"id\":")
                .contains("\"error\":{\"code\":502");
        List<String> event = steps(reply(stream, "error-event-1"));
        assertThat(event).hasSize(2);
        assertThat(event.getLast()).startsWith("event: error\ndata: {\"error\":{\"message\":");
        List<String> response = steps(reply(stream, "error-response-1"));
        assertThat(response).hasSize(3);
        assertThat(response.get(1))
                .startsWith("event: error\ndata: {\"type\":\"error\",\"sequence_number\":1");
        assertThat(response.getLast())
                .startsWith("event: response.failed\n")
                .contains("\"status\":\"failed\"");
        assertThat(reply(unary, "error-chunk").status()).isEqualTo(200);
        assertThat(text(reply(unary, "error-chunk"))).startsWith("{\"error\":");
    }

    @Test
    void endsStreamsOddly() {
        assertThat(steps(reply(stream, "empty"))).isEmpty();
        assertThat(text(reply(unary, "empty"))).isEmpty();
        assertThat(steps(reply(stream, "done-only"))).containsExactly(DONE);
        assertThat(steps(reply(stream, "role-only"))).containsExactly(EVENTS.get(0), DONE);
        assertThat(steps(reply(stream, "no-end"))).isEqualTo(EVENTS.subList(0, 4));
        assertThat(steps(reply(stream, "duplicate-end")))
                .hasSize(7)
                .endsWith(EVENTS.get(3), DONE, EVENTS.get(3), DONE);
    }

    @Test
    void makesHugeAnswersWithoutHoldingThem() {
        SimAnswer.Reply huge = reply(unary, "huge-10GB");
        assertThat(huge.body().length().orElseThrow()).isGreaterThan(10L << 30);
        Iterator<SimStep> steps = huge.body().steps();
        for (int i = 0; i < 1_000; i++) {
            assertThat(steps.next()).isInstanceOf(SimStep.Send.class);
        }
        byte[] whole = reply(unary, "huge-100KB").body().allBytes();
        assertThat(JsonMapper.shared().readTree(whole).at("/choices/0/message/content").asString())
                .hasSize(100 << 10);
        assertThat(reply(unary, "huge-100KB").body().length()).hasValue(whole.length);
        assertThat(steps(reply(stream, "huge-10KB"))).hasSizeGreaterThan(20).endsWith(DONE);
        assertThat(text(reply(stream, "huge-event-1MB")).split("\n\n", -1)[0])
                .hasSizeGreaterThan(1 << 20);
        assertThat(reply(unary, "huge-header-100").headers().getLast().value()).hasSize(100);
    }

    @Test
    void isChosenByTheModelName() {
        SimRequest request =
                SimRequest.post("/", "{\"messages\":[{}],\"model\":\"echo-fault-503\"}");
        assertThat(((SimAnswer.Reply) unary.answer(request)).status()).isEqualTo(503);
        assertThat(new RequestedModel("echo-fault-503").behaviour()).isEqualTo("echo");
        assertThat(new RequestedModel("fault-503").behaviour()).isEmpty();
        assertThat(new RequestedModel("echo").fault()).isEmpty();
    }

    @Test
    void failsOnlyTheFirstTimesIfAsked() {
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(reply(unary, "500-times-2").status());
        }
        assertThat(statuses).containsExactly(500, 500, 200, 200);
        SimRequest other = SimRequest.post("/", "{\"model\":\"x-fault-500-times-2\"}");
        assertThat(((SimAnswer.Reply) unary.answer(other)).status()).isEqualTo(500);
    }

    @Test
    void refusesAnUnknownName() {
        assertThat(reply(unary, "nonsense").status()).isEqualTo(400);
        assertThat(text(reply(unary, "nonsense"))).contains("unknown_fault");
    }

    @Test
    void leavesOtherRequestsAlone() {
        assertThat(text((SimAnswer.Reply) unary.answer(SimRequest.post("/", "no json"))))
                .isEqualTo(UNARY);
        assertThat(
                        text(
                                (SimAnswer.Reply)
                                        unary.answer(SimRequest.post("/", "{\"model\":\"echo\"}"))))
                .isEqualTo(UNARY);
    }
}
