package io.fairlead.protocol.service.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Set;

final class OwnedIdTest {
    private static final Set<String> PROVIDERS = Set.of("openai", "eu", "azure.eu");

    @ParameterizedTest
    @ValueSource(strings = {"openai", "eu", "azure.eu"})
    void saysWhoseItIs(String owner) {
        assertThat(OwnedId.of("file-abc" + OwnedId.mark(owner), PROVIDERS::contains))
                .isEqualTo(new OwnedId("file-abc", Optional.of(owner)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"file-abc", "file-abc.gone", "file-abc.", ".openai", "", "a.openai.x"})
    void anIdWithoutAMarkOfAConfiguredProviderIsTheProvidersOwn(String id) {
        assertThat(OwnedId.of(id, PROVIDERS::contains))
                .isEqualTo(new OwnedId(id, Optional.empty()));
    }

    @Test
    void onlyTheLastMarkCounts() {
        assertThat(OwnedId.of("a.openai.eu", PROVIDERS::contains))
                .isEqualTo(new OwnedId("a.openai", Optional.of("eu")));
    }
}
