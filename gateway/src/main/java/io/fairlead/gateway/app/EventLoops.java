package io.fairlead.gateway.app;

import io.fairlead.gateway.edge.Gate;
import io.fairlead.gateway.upstream.NameResolution;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;

import java.util.concurrent.CompletableFuture;

/**
 * Makes the event loops, one for each processor, while the rest of the start goes on: it is the
 * longest single step of a start. Stateless.
 */
public final class EventLoops {
    private static final String LINUX_SELECTORS = "sun.nio.ch.EPollSelectorProvider";

    private EventLoops() {}

    /** How many event loops there are. */
    static int count() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Begins to make them on a thread of its own. */
    public static CompletableFuture<Vertx> begin() {
        CompletableFuture<Vertx> made = new CompletableFuture<>();
        Thread.ofPlatform()
                .name("event-loops")
                .daemon()
                .start(() -> {
                    try {
                        made.complete(make());
                        readAnnotationsOfHandlers();
                    } catch (Throwable e) {
                        made.completeExceptionally(e);
                    }
                });
        return made;
    }

    private static Vertx make() {
        nameSelectorProvider();
        return Gate.vertx(
                new VertxOptions()
                        .setPreferNativeTransport(true)
                        .setAddressResolverOptions(NameResolution.options())
                        .setEventLoopPoolSize(count())
                        .setWorkerPoolSize(4)
                        .setInternalBlockingPoolSize(4)
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setFileCachingEnabled(false)
                                        .setClassPathResolvingEnabled(false)));
    }

    /**
     * Netty's native library opens a selector; unless the JDK is told which, it looks in each jar.
     */
    private static void nameSelectorProvider() {
        try {
            Class.forName(LINUX_SELECTORS, false, null);
            System.setProperty("java.nio.channels.spi.SelectorProvider", LINUX_SELECTORS);
        } catch (ClassNotFoundException _) {
            // another system: the JDK finds its own
        }
    }

    /**
     * Netty asks the methods of handlers for an annotation when the first channel opens, and the
     * JDK makes classes for that. Done here, it goes on beside the rest of the start.
     */
    private static void readAnnotationsOfHandlers() throws NoSuchMethodException {
        var _ =
                ChannelInboundHandlerAdapter.class
                        .getMethod("channelRegistered", ChannelHandlerContext.class)
                        .getAnnotations();
    }
}
