package io.fairlead.gateway.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Collections;
import java.util.List;

class TraceContextTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String PARENT = "00f067aa0ba902b7";
    private static final String VALID = "00-" + TRACE + "-" + PARENT + "-01";

    @Test
    void continuesTheTraceOfTheClient() {
        TraceContext trace = TraceContext.of(VALID, List.of("congo=t61rcWkgMzE", "rojo=1"));

        assertThat(trace.traceId()).isEqualTo(TRACE);
        assertThat(trace.parentId()).contains(PARENT);
        assertThat(trace.spanId()).hasSize(16).isNotEqualTo(PARENT);
        assertThat(trace.tracestate()).contains("congo=t61rcWkgMzE,rojo=1");
        assertThat(trace.childTraceparent())
                .matches("00-" + TRACE + "-[0-9a-f]{16}-01")
                .doesNotContain(PARENT)
                .doesNotContain(trace.spanId());
    }

    @Test
    void eachCallToAProviderIsASpanOfItsOwn() {
        TraceContext trace = TraceContext.begin();

        assertThat(trace.childTraceparent()).isNotEqualTo(trace.childTraceparent());
    }

    @Test
    void takesALaterVersionWithMoreFields() {
        String later = "cc-" + TRACE + "-" + PARENT + "-01-what-the-future-brings";

        assertThat(TraceContext.of(later, List.of()).traceId()).isEqualTo(TRACE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-" + TRACE + "-" + PARENT + "-01",
                "00-" + TRACE + "-" + PARENT + "-01-more",
                "00-" + TRACE + "-" + PARENT + "-0",
                "00-" + TRACE + "-" + PARENT + "-0G",
                "00-00000000000000000000000000000000-" + PARENT + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-" + PARENT + "-01",
                "00_" + TRACE + "-" + PARENT + "-01",
                "cc-" + TRACE + "-" + PARENT + "-01x",
                "00-" + TRACE + "-" + PARENT + "-01\r\nx: y"
            })
    void beginsATraceOfItsOwnWhenTheClientsIsMalformed(String traceparent) {
        TraceContext trace = TraceContext.of(traceparent, List.of("a=b"));

        assertThat(trace.continued()).isFalse();
        assertThat(trace.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(TRACE);
        assertThat(trace.tracestate()).isEmpty();
    }

    @Test
    void dropsATracestateThatIsTooLongOrHasOddBytes() {
        assertThat(TraceContext.of(VALID, List.of("a=" + "x".repeat(3_000))).tracestate())
                .isEmpty();
        assertThat(TraceContext.of(VALID, List.of("a=b\u0000")).tracestate()).isEmpty();
        assertThat(TraceContext.of(VALID, Collections.nCopies(33, "a=b")).tracestate()).isEmpty();
        assertThat(TraceContext.of(VALID, List.of(" ")).tracestate()).isEmpty();
        assertThat(TraceContext.of(VALID, List.of("a=b\u0000")).traceId()).isEqualTo(TRACE);
    }
}
