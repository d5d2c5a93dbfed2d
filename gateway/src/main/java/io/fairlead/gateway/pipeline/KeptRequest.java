package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.gateway.routing.Router;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.openai.MultipartBody;
import io.fairlead.protocol.openai.MultipartBody.Content;
import io.fairlead.protocol.openai.RequestBody;
import io.fairlead.protocol.service.files.BatchModels;
import io.fairlead.protocol.service.files.FileIds;
import io.fairlead.protocol.service.files.FileIds.Owner;
import io.fairlead.protocol.service.files.FileIds.Plain;

import java.util.Optional;

/**
 * The body of a call about files or batches, as the provider may see it: ids without marks, and
 * models by the provider's names. Stateless.
 */
final class KeptRequest {
    private static final String BATCH = "batch";

    private KeptRequest() {}

    /**
     * The body to send; learns from it who keeps what it names.
     *
     * @throws GatewayException if it can't be read, or is about several providers
     */
    static byte[] body(ClientRequest request, byte[] bytes, Keeper keeper, Router router) {
        if (bytes.length == 0) {
            return bytes;
        }
        Optional<String> type = Optional.ofNullable(request.header("content-type"));
        boolean top = request.remainder().isEmpty();
        try {
            return switch (request.endpoint()) {
                case FILES -> upload(type, bytes, keeper, router);
                case MESSAGE_BATCHES ->
                        top ? messages(bytes, keeper, router) : plain(type, bytes, keeper);
                default -> plain(type, bytes, keeper);
            };
        } catch (Unreadable unreadable) {
            throw RequestWords.refusal(unreadable);
        }
    }

    private static byte[] plain(Optional<String> type, byte[] bytes, Keeper keeper) {
        boolean json = type.isEmpty() || type.get().startsWith("application/json");
        return json ? told(FileIds.plain(bytes, keeper::isProvider), keeper) : bytes;
    }

    private static byte[] told(Plain plain, Keeper keeper) {
        plain.owner().ifPresent(keeper::claim);
        return plain.body();
    }

    private static byte[] upload(
            Optional<String> type, byte[] bytes, Keeper keeper, Router router) {
        if (!(RequestBody.scan(Endpoint.FILES, type, bytes) instanceof MultipartBody form)
                || !form.text("purpose").orElse("").equals(BATCH)) {
            return bytes;
        }
        Optional<Content> file = form.content("file");
        if (file.isEmpty()) {
            return bytes;
        }
        int from = file.get().from();
        int to = file.get().to();
        follow(
                BatchModels.first(bytes, from, BatchModels.endOfLine(bytes, from, to)),
                Endpoint.BATCHES,
                Endpoint.CHAT_COMPLETIONS,
                keeper,
                router);
        String provider = keeper.account(Endpoint.FILES).id();
        return told(
                BatchModels.lines(
                        bytes,
                        from,
                        to,
                        model -> at(provider, model, Endpoint.CHAT_COMPLETIONS, router),
                        keeper::isProvider),
                keeper);
    }

    private static byte[] messages(byte[] bytes, Keeper keeper, Router router) {
        follow(
                BatchModels.first(bytes, 0, bytes.length),
                Endpoint.MESSAGE_BATCHES,
                Endpoint.MESSAGES,
                keeper,
                router);
        String provider = keeper.account(Endpoint.MESSAGE_BATCHES).id();
        return told(
                BatchModels.document(
                        bytes,
                        model -> at(provider, model, Endpoint.MESSAGES, router),
                        keeper::isProvider),
                keeper);
    }

    /** Where nobody says which provider is meant, the first model of a batch may. */
    private static void follow(
            Optional<String> model,
            Endpoint batches,
            Endpoint endpoint,
            Keeper keeper,
            Router router) {
        if (keeper.said().isPresent() || model.isEmpty()) {
            return;
        }
        plan(model.get(), endpoint, router)
                .flatMap(plan ->
                        plan.candidates().stream()
                                .map(it -> it.deployment().provider())
                                .filter(it -> keeper.keeps(it, batches))
                                .findFirst())
                .ifPresent(provider -> keeper.claim(new Owner(provider, "model")));
    }

    /** What the provider calls a model; a name that does not lead there passes as it is. */
    private static String at(String provider, String model, Endpoint endpoint, Router router) {
        return plan(model, endpoint, router)
                .flatMap(plan -> plan.keptBy(provider))
                .map(plan -> plan.candidates().getFirst().deployment().model())
                .orElse(model);
    }

    private static Optional<RoutePlan> plan(String model, Endpoint endpoint, Router router) {
        try {
            return Optional.of(router.plan(model, endpoint));
        } catch (GatewayException unknown) {
            return Optional.empty();
        }
    }
}
