package io.fairlead.benchmarks.comparison;

import java.io.IOException;
import java.util.Optional;

/** A way from the client to the upstream. Used by one thread. */
sealed interface Candidate permits Direct, Nginx, Haproxy, Fairlead, Portkey {

    String name();

    /** The model as a client asks for it here. */
    default String model() {
        return "gpt-4o";
    }

    /** Header lines of the request beyond host, content type and length; each ends with CR LF. */
    default String headers(int upstreamPort) {
        return "";
    }

    /** Needs a while under load until its code is compiled. */
    default boolean warmsUp() {
        return false;
    }

    /** So slow that it gets every third cycle and a quarter of the held streams only. */
    default boolean slow() {
        return false;
    }

    /** Why it can't be measured on this machine, if so; also installs or builds what it can. */
    default Optional<String> missing() throws IOException, InterruptedException {
        return Optional.empty();
    }

    Running start(Bench bench) throws IOException, InterruptedException;

    /** What the result file says about it: its version, its flags. */
    String about(Running running) throws IOException, InterruptedException;
}
