package io.fairlead.gateway.app;

import io.fairlead.gateway.admin.AdminApi;
import io.fairlead.gateway.edge.ControlPlane;
import io.vertx.core.buffer.Buffer;

/** Hands the edge's calls of the admin API to it. Thread-safe. */
record ControlRoutes(AdminApi api) implements ControlPlane {
    @Override
    public Answer answer(Call call) {
        AdminApi.Answer answer = api.answer(call.method(), call.path(), call.query());
        return new Answer(
                answer.status(), "application/json", Buffer.buffer(answer.json()));
    }
}
