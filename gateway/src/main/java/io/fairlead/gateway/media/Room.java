package io.fairlead.gateway.media;

/** Memory that fetched bytes may take; the owner gives it back. Thread-safe. */
public interface Room {
    /** Takes {@code bytes} more; false: there is not enough, and nothing is taken. */
    boolean take(long bytes);
}
