package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.upstream.Buffers;
import io.vertx.core.buffer.Buffer;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

final class EventGatherTest {
    private final byte[] chunk = "one\n\ntwo\n\nthree\n\n".getBytes(StandardCharsets.UTF_8);
    private final EventGather gather = new EventGather();

    @Test
    void handsNeighboursOnWithoutCopying() {
        gather.add(chunk, 0, 5, chunk);
        gather.add(chunk, 5, 10, chunk);
        Buffer all = gather.take();
        assertThat(all.toString()).isEqualTo("one\n\ntwo\n\n");
        assertThat(Buffers.array(all)).isSameAs(chunk);
        assertThat(gather.isEmpty()).isTrue();
    }

    @Test
    void copiesWhatMayChange() {
        byte[] reused = "four\n\n".getBytes(StandardCharsets.UTF_8);
        gather.add(reused, 0, 6, chunk);
        reused[0] = 'X';
        gather.add(chunk, 5, 10, chunk);
        gather.add(chunk, 10, 17, chunk);
        assertThat(gather.size()).isEqualTo(18);
        assertThat(gather.take().toString()).isEqualTo("four\n\ntwo\n\nthree\n\n");
    }

    @Test
    void leavesGapsOut() {
        gather.add(chunk, 0, 5, chunk);
        gather.add(chunk, 10, 17, chunk);
        assertThat(gather.take().toString()).isEqualTo("one\n\nthree\n\n");
        gather.add(chunk, 5, 10, chunk);
        assertThat(gather.take().toString()).isEqualTo("two\n\n");
    }
}
