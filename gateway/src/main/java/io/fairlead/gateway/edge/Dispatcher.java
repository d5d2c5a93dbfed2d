package io.fairlead.gateway.edge;

import io.fairlead.gateway.access.Access;
import io.fairlead.gateway.access.LoopbackGuard;
import io.fairlead.gateway.access.Principal;
import io.fairlead.gateway.config.LoopbackHost;
import io.fairlead.gateway.pipeline.DataPlane;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.error.ErrorShapes.Shape;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Leads each request to who answers it, and renders what they throw: one of the two places where
 * exceptions are caught. Confined to one event loop.
 */
final class Dispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);

    private final EdgeState state;
    private final EdgeParts parts;
    private final DataPlane dataPlane;
    private final Operators operators;
    private final AdminGate admin;
    private final Consumer<Incoming> upgraded;

    /**
     * @param upgraded hears which requests are none any more, but WebSockets
     */
    Dispatcher(
            EdgeState state,
            EdgeParts parts,
            DataPlane dataPlane,
            AdminGate admin,
            Consumer<Incoming> upgraded) {
        this.state = state;
        this.parts = parts;
        this.dataPlane = dataPlane;
        this.operators = new Operators(state, parts);
        this.admin = admin;
        this.upgraded = upgraded;
    }

    void dispatch(Incoming in, Outgoing out) {
        Route route =
                KeptRoutes.of(
                        Routes.of(in.target().path()), in.header("anthropic-version") != null);
        try {
            if (Cors.answer(in, out, state.config().corsOrigins())) {
                return;
            }
            if (!route.allows(in.method())) {
                out.headers().set("allow", route.methods());
                throw new GatewayException(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "This path takes " + route.methods() + " only.");
            }
            lead(route, in, out);
        } catch (GatewayException refused) {
            error(route, in, out, refused.error());
        } catch (RuntimeException defect) {
            LOG.error("request {}: defect", in.id(), defect);
            error(route, in, out, GatewayError.of(ErrorCode.INTERNAL, internal(in)));
        }
    }

    private void lead(Route route, Incoming in, Outgoing out) {
        switch (route) {
            case Route.Data data -> {
                guard(in);
                in.leadTo(data);
                if (data.endpoint() == Endpoint.REALTIME) {
                    talk(in, out);
                } else {
                    dataPlane.handle(in, out);
                }
            }
            case Route.Models models -> {
                guard(in);
                Principal principal = authenticate(in);
                boolean anthropic =
                        models.shape() == Shape.OPENAI && in.header("anthropic-version") != null;
                ModelsJson json = ModelsJson.of(anthropic ? Shape.ANTHROPIC : models.shape());
                byte[] body =
                        models.id().isEmpty()
                                ? json.list(parts.models().visibleTo(principal))
                                : json.one(
                                        parts.models()
                                                .find(principal, models.id())
                                                .orElseThrow(() -> noModel(models.id())));
                Replies.send(in, out, 200, Replies.JSON, body);
            }
            case Route.Live _ -> operators.live(in, out);
            case Route.Ready _ -> operators.ready(in, out);
            case Route.Root _ -> operators.root(in, out);
            case Route.Metrics _ -> {
                if (LoopbackHost.isLoopback(in.peerAddress())) {
                    hostGuard(in);
                } else {
                    requireAdmin(in);
                }
                admin.metrics(in, out);
            }
            case Route.Admin _ -> admin.handle(requireAdmin(in), in, out);
            case Route.Unknown unknown ->
                    throw new GatewayException(ErrorCode.NOT_FOUND, unknown.message());
        }
    }

    private void talk(Incoming in, Outgoing out) {
        if (!"websocket".equalsIgnoreCase(in.header("upgrade"))) {
            throw new GatewayException(
                    GatewayError.of(
                                    ErrorCode.INVALID_REQUEST,
                                    "This path is for WebSockets (expected: Upgrade: websocket"
                                            + " over HTTP/1.1).")
                            .withStatus(426));
        }
        dataPlane.talk(
                in,
                out,
                () ->
                        in.upgrade()
                                .onSuccess(socket -> {
                                    socket.pause();
                                    upgraded.accept(in);
                                }));
    }

    private void error(Route route, Incoming in, Outgoing out, GatewayError error) {
        parts.telemetry().answered(routeName(route), error.status());
        if (out.headSent()) {
            out.reset();
        } else {
            Replies.error(in, out, route.shape(), error);
        }
    }

    /** Keeps web pages away while no key is needed. */
    private void guard(Incoming in) {
        if (parts.access().open()) {
            refuse(
                    LoopbackGuard.check(
                            in.method(),
                            authority(in),
                            in.header("origin"),
                            in.header("content-type")));
        }
    }

    /** Keeps web pages that resolve their own name to this machine from reading metrics. */
    private static void hostGuard(Incoming in) {
        refuse(LoopbackGuard.check("GET", authority(in), in.header("origin"), null));
    }

    private static void refuse(Optional<GatewayError> error) {
        if (error.isPresent()) {
            throw new GatewayException(error.get());
        }
    }

    private static String authority(Incoming in) {
        String absolute = in.target().authority();
        return absolute != null ? absolute : String.valueOf(in.http().authority());
    }

    private Principal authenticate(Incoming in) {
        return parts.access().authenticate(in::header, queryKey(in.target().query()));
    }

    private Principal requireAdmin(Incoming in) {
        if (state.config().adminKey().isEmpty()) {
            throw new GatewayException(
                    ErrorCode.UNAUTHENTICATED,
                    "This needs the admin key, and none is set (server.admin_key).");
        }
        Access access = parts.access();
        Principal principal = access.authenticate(in::header, queryKey(in.target().query()));
        if (!principal.admin()) {
            throw new GatewayException(
                    principal.keyId().isPresent() ? ErrorCode.FORBIDDEN : ErrorCode.UNAUTHENTICATED,
                    "This needs the admin key (Authorization: Bearer …).");
        }
        return principal;
    }

    /** The decoded {@code key} parameter of a query, or null. */
    static @org.jspecify.annotations.Nullable String queryKey(String query) {
        int from = query.startsWith("key=") ? 4 : query.indexOf("&key=") + 5;
        if (from < 5 && !query.startsWith("key=")) {
            return null;
        }
        int end = query.indexOf('&', from);
        String raw = query.substring(from, end < 0 ? query.length() : end);
        try {
            return URLDecoder.decode(raw, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return raw;
        }
    }

    static String internal(Incoming in) {
        return "The gateway failed on this request. Its log has more under " + in.id() + ".";
    }

    private static GatewayException noModel(String id) {
        String shown = id.length() > 100 ? id.substring(0, 100) + "…" : id;
        return new GatewayException(
                ErrorCode.MODEL_NOT_FOUND, "The model '" + shown + "' does not exist here.");
    }

    private static String routeName(Route route) {
        return switch (route) {
            case Route.Data _ -> "data";
            case Route.Models _ -> "models";
            case Route.Live _, Route.Ready _ -> "health";
            case Route.Metrics _ -> "metrics";
            case Route.Admin _ -> "admin";
            case Route.Root _ -> "root";
            case Route.Unknown _ -> "unknown";
        };
    }
}
