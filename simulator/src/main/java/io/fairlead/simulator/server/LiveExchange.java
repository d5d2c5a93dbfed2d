package io.fairlead.simulator.server;

import io.fairlead.simulator.Playback;
import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimRequest;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

import org.jspecify.annotations.Nullable;

/** One request being answered over HTTP. Confined to the connection's event loop. */
final class LiveExchange {
    private final Traffic traffic;
    private final HttpServerRequest request;
    private final ReceivedRequest received;
    private @Nullable Playback playback;
    private boolean closed;

    LiveExchange(Traffic traffic, HttpServerRequest request, SimRequest asked) {
        this.traffic = traffic;
        this.request = request;
        this.received = traffic.begin(asked);
    }

    void play(SimAnswer answer, Playback.Timer timer) {
        ResponseSink sink = new ResponseSink(request, this::close);
        Playback playing = new Playback(answer, sink, timer);
        playback = playing;
        HttpServerResponse response = request.response();
        response.setWriteQueueMaxSize(SimulatorServer.writeQueueBytes());
        response.drainHandler(_ -> playing.resume());
        response.exceptionHandler(_ -> close(ReceivedRequest.Outcome.ABORTED));
        response.closeHandler(_ -> close(ReceivedRequest.Outcome.ABORTED));
        playing.start();
    }

    private void close(ReceivedRequest.Outcome outcome) {
        if (closed) {
            return;
        }
        closed = true;
        if (playback != null) {
            playback.cancel();
        }
        traffic.end(received, outcome);
    }
}
