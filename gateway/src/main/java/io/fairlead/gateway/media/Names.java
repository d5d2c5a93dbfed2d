package io.fairlead.gateway.media;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Finds the addresses of a host. Thread-safe. */
interface Names {
    /** All of them, at least one. */
    List<InetAddress> resolve(String host) throws IOException;
}
