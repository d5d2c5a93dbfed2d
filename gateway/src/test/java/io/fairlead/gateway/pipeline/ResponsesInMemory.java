package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.responses.ArchivedResponse;
import io.fairlead.gateway.responses.ResponseStore;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps responses as long as a test runs, and fails when it is told to. */
final class ResponsesInMemory implements ResponseStore {
    final Map<String, ArchivedResponse> all = new ConcurrentHashMap<>();
    volatile boolean broken;

    private void check() {
        if (broken) {
            throw new IllegalStateException("disk full");
        }
    }

    @Override
    public void put(ArchivedResponse response) {
        check();
        all.put(response.id(), response);
    }

    @Override
    public Optional<byte[]> find(String id, String owner, Instant oldest) {
        check();
        return Optional.ofNullable(all.get(id))
                .filter(it -> it.owner().equals(owner))
                .map(ArchivedResponse::body);
    }

    @Override
    public boolean delete(String id, String owner) {
        check();
        return find(id, owner, Instant.EPOCH).isPresent() && all.remove(id) != null;
    }

    @Override
    public int expire(Instant before, long bytes, int limit) {
        return 0;
    }

    @Override
    public void close() {}
}
