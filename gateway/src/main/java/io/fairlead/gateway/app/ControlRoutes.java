package io.fairlead.gateway.app;

import io.fairlead.gateway.admin.AdminApi;
import io.fairlead.gateway.edge.ControlPlane;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.util.function.Supplier;

/**
 * Hands the edge's calls of the admin API to it. The API is made at the first call, because a start
 * must not wait for a JSON library. Thread-safe.
 */
final class ControlRoutes implements ControlPlane {
    private final Supplier<AdminApi> make;
    private @Nullable AdminApi api;

    ControlRoutes(Supplier<AdminApi> make) {
        this.make = make;
    }

    @Override
    public Answer answer(Call call) {
        AdminApi.Answer answer = api().answer(call.method(), call.path(), call.query());
        return new Answer(answer.status(), "application/json", Buffer.buffer(answer.json()));
    }

    private synchronized AdminApi api() {
        if (api == null) {
            api = make.get();
        }
        return api;
    }
}
