package io.fairlead.gateway.upstream;

import io.fairlead.gateway.catalogue.Address;
import io.fairlead.gateway.cloud.CloudCredential;
import io.fairlead.gateway.cloud.Clouds;
import io.fairlead.gateway.cloud.Grant;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Secret;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * One attempt to open a WebSocket to a provider, with a cloud's token where it wants one. Confined
 * to its event loop.
 */
final class SocketCall implements Socketing {
    private final HttpUpstream upstream;
    private final SocketListener listener;
    private UpstreamRequest request;
    private @Nullable Grant grant;
    private boolean done;

    SocketCall(HttpUpstream upstream, UpstreamRequest request, SocketListener listener) {
        this.upstream = upstream;
        this.request = request;
        this.listener = listener;
    }

    @Override
    public void start() {
        Clouds clouds = upstream.clouds();
        LentHeaders.credential(request, clouds)
                .ifPresentOrElse(credential -> borrow(credential, clouds), this::connect);
    }

    private void borrow(CloudCredential credential, Clouds clouds) {
        Grant atHand = credential.current();
        if (atHand != null) {
            lent(atHand, clouds);
            return;
        }
        Consumer<Runnable> loop = upstream.loop();
        var _ =
                credential
                        .ask()
                        .whenComplete((fresh, why) ->
                                loop.accept(() -> {
                                    if (why == null) {
                                        lent(fresh, clouds);
                                    } else {
                                        failed(Faults.borrowing(why));
                                    }
                                }));
    }

    private void lent(Grant fresh, Clouds clouds) {
        grant = fresh;
        request = LentHeaders.put(request, fresh, clouds.now());
        connect();
    }

    private void connect() {
        if (done) {
            return;
        }
        Address address = request.deployment().address();
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost(address.host())
                .setPort(address.port())
                .setSsl(address.tls())
                .setURI(request.target())
                .setAllowOriginHeader(false)
                .setConnectTimeout(request.deployment().resilience().connect().toMillis())
                .setTimeout(request.deployment().resilience().firstToken().toMillis());
        SentHeaders headers = SentHeaders.of(request);
        for (int i = 0; i < headers.size(); i++) {
            options.addHeader(headers.name(i), headers.value(i));
        }
        upstream.sockets().connect(options).onSuccess(this::opened).onFailure(this::failed);
    }

    private void opened(WebSocket socket) {
        if (done) {
            socket.close();
            return;
        }
        done = true;
        socket.pause();
        listener.opened(socket);
    }

    private void failed(Throwable cause) {
        if (!(cause instanceof UpgradeRejectedException refused)) {
            failed(Faults.connecting(cause));
        } else if (!done) {
            done = true;
            listener.refused(
                    refused.getStatus(),
                    refused.getHeaders() == null
                            ? MultiMap.caseInsensitiveMultiMap()
                            : refused.getHeaders(),
                    refused.getBody() == null ? Buffer.buffer() : refused.getBody());
        }
    }

    private void failed(ProviderFault fault) {
        if (!done) {
            done = true;
            listener.failed(fault);
        }
    }

    @Override
    public Collection<Secret> lent() {
        return grant instanceof Grant.Token token ? List.of(token.secret()) : List.of();
    }

    @Override
    public void cancel() {
        done = true;
    }
}
