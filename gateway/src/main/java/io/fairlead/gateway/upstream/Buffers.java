package io.fairlead.gateway.upstream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;

/** Passes between byte arrays and Vert.x buffers without copying. Stateless. */
public final class Buffers {
    private Buffers() {}

    /** A buffer over {@code bytes}, which belong to it from here on. */
    public static Buffer wrap(byte[] bytes) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
    }

    /** A buffer over a part of {@code bytes}, which must not change from here on. */
    public static Buffer wrap(byte[] bytes, int offset, int length) {
        return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes, offset, length));
    }

    /** The array behind {@code buffer}, or a copy where there is none; see {@link #offset}. */
    public static byte[] array(Buffer buffer) {
        ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
        return bytes.hasArray() ? bytes.array() : buffer.getBytes();
    }

    /** Where the bytes of {@code buffer} begin in {@link #array}. */
    public static int offset(Buffer buffer) {
        ByteBuf bytes = ((BufferInternal) buffer).getByteBuf();
        return bytes.hasArray() ? bytes.arrayOffset() + bytes.readerIndex() : 0;
    }
}
