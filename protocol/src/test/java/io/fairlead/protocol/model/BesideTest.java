package io.fairlead.protocol.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.json.Json;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

class BesideTest {
    private static final Map<String, Json> MEMBERS = Map.of("a", Json.of(1));

    @Test
    void whatComesLaterIsGatheredWhenItIsLookedAt() {
        AtomicInteger asked = new AtomicInteger();
        Beside later =
                Beside.later(
                        Protocol.GEMINI,
                        () -> {
                            asked.incrementAndGet();
                            return new HashMap<>(MEMBERS);
                        },
                        Set.of("f"));
        assertThat(later.of(Protocol.OPENAI_CHAT)).isEmpty();
        assertThat(later.form(Protocol.GEMINI, "f")).isTrue();
        assertThat(asked).hasValue(0);
        assertThat(later.of(Protocol.GEMINI)).containsOnlyKeys("a");
        assertThat(later.members()).containsEntry("a", Json.of(1));
        assertThat(asked).hasValue(1);
        assertThat(later)
                .isEqualTo(new Beside(Optional.of(Protocol.GEMINI), MEMBERS, Set.of("f")))
                .hasSameHashCodeAs(new Beside(Optional.of(Protocol.GEMINI), MEMBERS, Set.of("f")));
        assertThatThrownBy(() -> later.members().remove("a"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void whereNothingIsLeftTheProtocolSaysNothing() {
        Beside nothing = Beside.later(Protocol.GEMINI, Map::of, Set.of());
        assertThat(nothing).isEqualTo(Beside.NONE).hasSameHashCodeAs(Beside.NONE);
        assertThat(nothing.isEmpty()).isTrue();
        assertThat(new Beside(Optional.of(Protocol.GEMINI), MEMBERS, Set.of()))
                .isNotEqualTo(new Beside(Optional.of(Protocol.COHERE_V2), MEMBERS, Set.of()));
    }
}
