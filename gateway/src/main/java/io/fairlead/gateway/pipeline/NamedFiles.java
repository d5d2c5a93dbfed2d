package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.catalogue.Accounts;
import io.fairlead.gateway.routing.RoutePlan;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.files.FileIds;
import io.fairlead.protocol.service.files.FileIds.Owner;
import io.fairlead.protocol.service.files.FileIds.Plain;

import java.util.Optional;

/**
 * The files that a request names by ids of this gateway: only the provider that keeps them can
 * answer it. Immutable, as long as nobody changes the body.
 *
 * @param body the request, with ids as the provider knows them
 */
@SuppressWarnings("ArrayRecordComponent") // bytes of a client: never compared
record NamedFiles(byte[] body, Optional<Owner> owner) {

    /**
     * Reads a request.
     *
     * @param read what the body says, if that is known
     * @throws GatewayException {@code invalid_request} if several providers keep the files
     */
    static NamedFiles of(
            ClientRequest request, byte[] body, Optional<Json> read, Accounts accounts) {
        String type = request.header("content-type");
        boolean json = type == null || type.startsWith("application/json");
        boolean maybe = read.isPresent() ? FileIds.maybeIn(read.get()) : FileIds.maybeIn(body);
        if (!json || !maybe) {
            return new NamedFiles(body, Optional.empty());
        }
        try {
            Plain plain = FileIds.plain(body, id -> accounts.account(id).isPresent());
            return new NamedFiles(plain.body(), plain.owner());
        } catch (Unreadable unreadable) {
            if (unreadable.path().isEmpty()) {
                return new NamedFiles(body, Optional.empty()); // who reads it next says what it is
            }
            throw RequestWords.refusal(unreadable);
        }
    }

    /**
     * Those of the plan's candidates that can use the files.
     *
     * @throws GatewayException {@code invalid_request} naming the member, if none can
     */
    RoutePlan keptIn(RoutePlan plan) {
        if (owner.isEmpty()) {
            return plan;
        }
        Owner keeper = owner.get();
        return plan.keptBy(keeper.provider())
                .orElseThrow(() ->
                        new GatewayException(
                                GatewayError.of(
                                                ErrorCode.INVALID_REQUEST,
                                                keeper.member()
                                                        + ": the file is kept by "
                                                        + keeper.provider()
                                                        + ", and "
                                                        + plan.requested()
                                                        + " is not served there (expected: a file"
                                                        + " of the model's provider).")
                                        .withParam(keeper.member())));
    }
}
