package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.ledger.RequestRecord.Outcome;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.service.realtime.RealtimeEvents;
import io.fairlead.protocol.service.realtime.RealtimeEvents.Done;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketFrame;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Carries a realtime conversation between client and provider, frame by frame, under back-pressure
 * both ways, and reads along what the gateway must know. When one side closes, so does the other.
 * Confined to one event loop.
 */
final class RealtimeRelay {
    private static final short NORMAL = 1000;
    private static final short GOING_AWAY = 1001;
    private static final short REFUSED = 1008;
    private static final short TOO_LARGE = 1009;
    private static final short BROKEN = 1011;
    private static final short TRY_LATER = 1013;
    private static final int WRITE_QUEUE_BYTES = 256 * 1024;

    /** What the conversation's owner decides and hears. */
    interface Host {
        /**
         * The client asks for something that costs.
         *
         * @throws GatewayException if it may no longer
         */
        void asks();

        /** What the provider calls a model. */
        String named(String model);

        /** Without what the provider was sent in confidence. */
        byte[] hide(byte[] event);

        /** The provider says which model it is. */
        void model(String model);

        /** The provider says which model writes down what it hears. */
        void transcriber(String model);

        void responseBegan();

        /**
         * A response is over.
         *
         * @throws GatewayException if it can't be recorded
         */
        void responseDone(Done done);

        /**
         * Something that was heard is written down.
         *
         * @throws GatewayException if it can't be recorded
         */
        void transcribed(Done done);

        /** Both sides are closed, or closing; said once. */
        void ended(Outcome outcome, @Nullable GatewayError error);

        String requestId();
    }

    private final WebSocketBase client;
    private final WebSocketBase provider;
    private final Host host;
    private final BodyBudget bodies;
    private final RealtimeText fromClient;
    private final RealtimeText fromProvider;
    private long clientHeard;
    private long providerHeard;
    private long said;
    private long clientBytes;
    private long providerBytes;
    private boolean over;

    RealtimeRelay(
            WebSocketBase client,
            WebSocketBase provider,
            int largest,
            Host host,
            BodyBudget bodies,
            long nowNanos) {
        this.client = client;
        this.provider = provider;
        this.host = host;
        this.bodies = bodies;
        this.fromClient = new RealtimeText(largest, bodies);
        this.fromProvider = new RealtimeText(largest, bodies);
        this.clientHeard = nowNanos;
        this.providerHeard = nowNanos;
        this.said = nowNanos;
    }

    void begin() {
        for (WebSocketBase side : new WebSocketBase[] {client, provider}) {
            side.setWriteQueueMaxSize(WRITE_QUEUE_BYTES);
        }
        client.frameHandler(this::clientSays);
        client.pongHandler(_ -> clientHeard = System.nanoTime());
        client.exceptionHandler(_ -> {});
        client.closeHandler(_ -> clientClosed());
        provider.frameHandler(this::providerSays);
        provider.pongHandler(_ -> providerHeard = System.nanoTime());
        provider.exceptionHandler(_ -> {});
        provider.closeHandler(_ -> providerClosed());
        client.resume();
        provider.resume();
    }

    long clientBytes() {
        return clientBytes;
    }

    long providerBytes() {
        return providerBytes;
    }

    private void clientSays(WebSocketFrame frame) {
        clientHeard = System.nanoTime();
        said = clientHeard;
        if (over || !isData(frame)) {
            return;
        }
        clientBytes += frame.binaryData().length();
        if (!fromClient.takes(frame)) {
            pass(client, provider, frame);
            return;
        }
        try {
            byte[] event = fromClient.whole();
            if (event != null) {
                clientAsks(event, frame);
            }
        } catch (GatewayException refused) {
            stop(refused.error(), code(refused.error()));
        }
    }

    private static short code(GatewayError error) {
        return switch (error.code()) {
            case REQUEST_TOO_LARGE -> TOO_LARGE;
            case OVERLOADED -> TRY_LATER;
            default -> REFUSED;
        };
    }

    private void clientAsks(byte[] event, WebSocketFrame last) {
        byte[] sent = event;
        switch (RealtimeEvents.type(event)) {
            case "session.update" -> sent = RealtimeEvents.renamed(event, host::named);
            case "response.create" -> host.asks();
            default -> {}
        }
        pass(client, provider, Arrays.equals(sent, event) ? fromClient.same(last) : text(sent));
    }

    private void providerSays(WebSocketFrame frame) {
        providerHeard = System.nanoTime();
        said = providerHeard;
        if (over || !isData(frame)) {
            return;
        }
        providerBytes += frame.binaryData().length();
        if (!fromProvider.takes(frame)) {
            pass(provider, client, frame);
            return;
        }
        try {
            byte[] event = fromProvider.whole();
            if (event != null) {
                providerTells(event, frame);
            }
        } catch (GatewayException unrecorded) {
            stop(
                    unrecorded.error(),
                    unrecorded.error().code() == ErrorCode.OVERLOADED ? TRY_LATER : BROKEN);
        }
    }

    private void providerTells(byte[] event, WebSocketFrame last) {
        byte[] sent = event;
        switch (RealtimeEvents.type(event)) {
            case "response.created" -> host.responseBegan();
            case "response.done" -> host.responseDone(RealtimeEvents.done(event));
            case "session.created", "session.updated" -> {
                RealtimeEvents.model(event).ifPresent(host::model);
                RealtimeEvents.transcriber(event).ifPresent(host::transcriber);
            }
            case "conversation.item.input_audio_transcription.completed" ->
                    RealtimeEvents.transcribed(event).ifPresent(host::transcribed);
            case "error" -> sent = host.hide(event);
            default -> {}
        }
        pass(provider, client, Arrays.equals(sent, event) ? fromProvider.same(last) : text(sent));
    }

    private static boolean isData(WebSocketFrame frame) {
        return frame.isText() || frame.isBinary() || frame.isContinuation();
    }

    private static WebSocketFrame text(byte[] event) {
        return WebSocketFrame.textFrame(new String(event, StandardCharsets.UTF_8), true);
    }

    /** Counts as a body does until it has gone out. */
    private void pass(WebSocketBase from, WebSocketBase to, WebSocketFrame frame) {
        int bytes = frame.binaryData().length();
        if (!bodies.reserve(bytes)) {
            stop(RealtimeText.noRoom(), TRY_LATER);
            return;
        }
        var _ = to.writeFrame(frame).onComplete(_ -> bodies.release(bytes));
        if (to.writeQueueFull()) {
            from.pause();
            to.drainHandler(_ -> from.resume());
        }
    }

    private void clientClosed() {
        Short code = client.closeStatusCode();
        if (!end()) {
            return;
        }
        boolean said = code != null && isSendable(code);
        close(provider, said ? code : GOING_AWAY, said ? client.closeReason() : null);
        host.ended(said ? Outcome.COMPLETED : Outcome.CANCELLED, null);
    }

    private void providerClosed() {
        if (over) {
            return;
        }
        Short code = provider.closeStatusCode();
        if (code == null || !isSendable(code)) {
            stop(
                    GatewayError.of(ErrorCode.UPSTREAM_ERROR, "The provider's connection was cut."),
                    BROKEN);
            return;
        }
        end();
        String reason = provider.closeReason();
        close(client, code, reason == null ? null : hidden(reason));
        boolean fine = code == NORMAL || code == GOING_AWAY;
        host.ended(
                fine ? Outcome.COMPLETED : Outcome.FAILED,
                fine
                        ? null
                        : GatewayError.of(
                                ErrorCode.UPSTREAM_ERROR,
                                "The provider closed the conversation (" + code + ")."));
    }

    private String hidden(String reason) {
        return new String(
                host.hide(reason.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    /** The gateway stops; the client is told so. */
    void goAway(GatewayError error) {
        stop(error, GOING_AWAY);
    }

    private void stop(GatewayError error, short code) {
        if (end()) {
            var _ =
                    client.writeFrame(
                            WebSocketFrame.textFrame(
                                    RealtimeEvents.error(error, host.requestId()), true));
            close(client, code, error.code().wireName());
            close(provider, GOING_AWAY, null);
            host.ended(Outcome.FAILED, error);
        }
    }

    /**
     * Asks both sides for a sign of life, and ends what shows none.
     *
     * @param silence longest time without any sign from one side
     * @param idle longest time without a message of either
     */
    void pulse(long now, long silence, long idle) {
        if (over) {
            return;
        }
        if (now - clientHeard > silence) {
            end();
            close(client, GOING_AWAY, null);
            close(provider, GOING_AWAY, null);
            host.ended(Outcome.CANCELLED, null);
        } else if (now - providerHeard > silence) {
            stop(
                    GatewayError.of(
                            ErrorCode.UPSTREAM_TIMEOUT, "The provider gave no sign of life."),
                    BROKEN);
        } else if (now - said > idle) {
            stop(
                    GatewayError.of(ErrorCode.REQUEST_TIMEOUT, "Nothing was said for too long."),
                    GOING_AWAY);
        } else {
            var _ = client.writePing(Buffer.buffer());
            var _ = provider.writePing(Buffer.buffer());
        }
    }

    private boolean end() {
        boolean first = !over;
        over = true;
        fromClient.release();
        fromProvider.release();
        return first;
    }

    private static void close(WebSocketBase side, short code, @Nullable String reason) {
        side.resume(); // the other side's answer to the close comes behind what was held back
        if (!side.isClosed()) {
            var _ = reason == null ? side.close(code) : side.close(code, reason);
        }
    }

    /** RFC 6455, 7.4: other codes only say that there was none. */
    private static boolean isSendable(short code) {
        return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
                || (code >= 3000 && code <= 4999);
    }
}
