package io.fairlead.gateway.upstream;

/** Memory that all requests share. Thread-safe. */
public interface Room {
    /** Takes {@code bytes} of what is left; false: there is not enough, and nothing is taken. */
    boolean reserve(long bytes);

    /** Gives back what was taken. */
    void release(long bytes);
}
