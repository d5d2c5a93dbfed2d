package io.fairlead.gateway.edge;

import io.fairlead.gateway.config.ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;

import java.util.List;

/** The HTTP settings of the listener: what is taken, and how much of it. Stateless. */
final class Listener {
    private static final int LARGEST_HEADERS = 32 << 10;
    private static final int LONGEST_LINE = 16 << 10;
    private static final int LARGEST_CHUNK = 64 << 10;
    private static final int STREAM_WINDOW = 256 << 10;
    private static final int CONNECTION_WINDOW = 4 << 20;
    private static final int MOST_STREAMS = 256;

    /** As OpenAI takes it: a message holds up to 15 MB of sound. */
    private static final int LARGEST_MESSAGE = 16 << 20;

    private static final int CLOSING_SECONDS = 5;
    private static final int BACKLOG = 1_024;

    private Listener() {}

    static HttpServerOptions options(ServerConfig config) {
        HttpServerOptions options =
                new HttpServerOptions()
                        .setAcceptBacklog(BACKLOG)
                        .setTcpNoDelay(true)
                        .setReuseAddress(true)
                        .setMaxHeaderSize(LARGEST_HEADERS)
                        .setMaxInitialLineLength(LONGEST_LINE)
                        .setMaxChunkSize(LARGEST_CHUNK)
                        .setHandle100ContinueAutomatically(false)
                        .setHttp2ClearTextEnabled(true)
                        // sound does not get smaller, and these sit in every request's way
                        .setPerMessageWebSocketCompressionSupported(false)
                        .setPerFrameWebSocketCompressionSupported(false)
                        .setWebSocketSubProtocols(List.of("realtime"))
                        .setMaxWebSocketFrameSize(LARGEST_MESSAGE)
                        .setMaxWebSocketMessageSize(LARGEST_MESSAGE)
                        .setWebSocketClosingTimeout(CLOSING_SECONDS)
                        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW)
                        .setInitialSettings(
                                new Http2Settings()
                                        .setMaxConcurrentStreams(MOST_STREAMS)
                                        .setInitialWindowSize(STREAM_WINDOW)
                                        .setMaxHeaderListSize(LARGEST_HEADERS)
                                        .setPushEnabled(false));
        if (config.tls().isPresent()) {
            options.setSsl(true)
                    .setUseAlpn(true)
                    .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
        }
        return options;
    }
}
