package io.fairlead.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathsTest {
    @Test
    void aNameReachesNoOtherOperation() {
        assertThat(Paths.segment("anthropic.claude-3:1/x")).isEqualTo("anthropic.claude-3%3A1%2Fx");
        assertThat(Paths.segments("tunedModels/a.b@1")).isEqualTo("tunedModels/a.b@1");
        assertThat(Paths.segments("x:embedContent?key=1#é"))
                .isEqualTo("x%3AembedContent%3Fkey%3D1%23%C3%A9");
        assertThat(Paths.segments("../../v1/files")).isEqualTo("%2E%2E%2F%2E%2E%2Fv1%2Ffiles");
        assertThat(Paths.segments("a/./b")).isEqualTo("a%2F%2E%2Fb");
    }
}
