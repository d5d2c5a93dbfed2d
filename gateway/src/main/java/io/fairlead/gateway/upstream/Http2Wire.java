package io.fairlead.gateway.upstream;

import io.vertx.core.AsyncResult;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;

import org.jspecify.annotations.Nullable;

/** A request as a stream of an HTTP/2 connection. Confined to its event loop. */
final class Http2Wire implements Wire {
    private final HttpClientConnection connection;
    private @Nullable HttpClientRequest sent;
    private @Nullable HttpClientResponse answer;

    /** Nothing more is said to the listener. */
    private boolean over;

    Http2Wire(HttpClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void send(UpstreamRequest request, Listener listener) {
        connection
                .request(
                        new RequestOptions()
                                .setMethod(HttpMethod.valueOf(request.method()))
                                .setURI(request.target())
                                .setFollowRedirects(false))
                .onComplete(result -> ready(result, request, listener));
    }

    private void ready(
            AsyncResult<HttpClientRequest> result, UpstreamRequest request, Listener listener) {
        if (result.failed()) {
            if (!over) {
                over = true;
                listener.unsent(result.cause());
            }
            return;
        }
        HttpClientRequest out = result.result();
        if (over) {
            out.reset();
            return;
        }
        sent = out;
        SentHeaders.of(request).writeTo(out.headers());
        out.exceptionHandler(cause -> broken(cause, listener));
        out.response()
                .onComplete(head -> {
                    if (head.succeeded()) {
                        answered(head.result(), listener);
                    } else {
                        broken(head.cause(), listener);
                    }
                });
        if (!listener.sending()) {
            return;
        }
        if (request.body() == null) {
            out.end();
        } else {
            out.end(request.body());
        }
    }

    private void answered(HttpClientResponse response, Listener listener) {
        if (over) {
            return;
        }
        answer = response;
        response.exceptionHandler(cause -> broken(cause, listener));
        response.handler(piece -> {
            if (!over) {
                listener.piece(piece);
            }
        });
        response.endHandler(_ -> {
            if (!over) {
                over = true;
                listener.ended(true);
            }
        });
        listener.head(response.statusCode(), response.headers());
    }

    private void broken(Throwable cause, Listener listener) {
        if (!over) {
            over = true;
            listener.broken(cause, answer != null);
        }
    }

    @Override
    public void pause() {
        if (!over && answer != null) {
            answer.pause();
        }
    }

    @Override
    public void resume() {
        if (!over && answer != null) {
            answer.resume();
        }
    }

    @Override
    public void reset() {
        over = true;
        if (sent != null) {
            sent.reset();
        }
    }
}
