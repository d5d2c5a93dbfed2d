package io.fairlead.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class SecretTest {
    private static final String TEXT = "sk-very-secret-text-0123456789";

    @Test
    void cannotBePrintedByItselfOrInsideOthers() {
        Secret secret = Secret.of(TEXT);
        assertThat(secret.toString()).isEqualTo("Secret[…]");
        assertThat(List.of(secret).toString()).doesNotContain("very-secret");
        assertThat(Optional.of(secret).toString()).doesNotContain("very-secret");
        assertThat("key: " + secret).doesNotContain("very-secret");
    }

    @Test
    void isRevealedOnlyOnRequestAndHintedAtForPeople() {
        Secret secret = Secret.of(TEXT);
        assertThat(secret.reveal()).isEqualTo(TEXT);
        assertThat(secret.hint()).isEqualTo("sk-…6789").doesNotContain("very-secret");
        assertThat(Secret.of("short").hint()).isEqualTo("…");
    }

    @Test
    void isEqualByItsText() {
        assertThat(Secret.of(TEXT)).isEqualTo(Secret.of(TEXT)).hasSameHashCodeAs(Secret.of(TEXT));
        assertThat(Secret.of(TEXT)).isNotEqualTo(Secret.of(TEXT + "x"));
    }

    @Test
    void isNeverEmpty() {
        assertThatThrownBy(() -> Secret.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
