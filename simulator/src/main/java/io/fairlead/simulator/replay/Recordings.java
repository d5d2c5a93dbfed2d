package io.fairlead.simulator.replay;

import io.fairlead.simulator.SimAnswer;
import io.fairlead.simulator.SimProvider;
import io.fairlead.simulator.SimRequest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder of recorded exchanges, by id. Immutable. */
public final class Recordings {
    /** Names the recording that a request wants for its answer. */
    public static final String HEADER = "x-sim-recording";

    private final Map<String, Recording> byId;

    private Recordings(Map<String, Recording> byId) {
        this.byId = byId;
    }

    /** Loads {@code <provider>/<api>/<id>.json} under a folder, in the order of their names. */
    public static Recordings load(Path folder) {
        Map<String, Recording> byId = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder, 3)) {
            files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> folder.relativize(file).getNameCount() == 3)
                    .sorted()
                    .map(Recording::read)
                    .forEach(recording -> byId.put(recording.id(), recording));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Recordings(byId);
    }

    public List<Recording> all() {
        return List.copyOf(byId.values());
    }

    public List<Recording> of(String provider, String api) {
        return byId.values().stream()
                .filter(r -> r.provider().equals(provider) && r.api().equals(api))
                .toList();
    }

    public Optional<Recording> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * Answers requests that name a recording in {@value #HEADER}, and leaves the others to {@code
     * others}.
     */
    public SimProvider before(SimProvider others) {
        return request ->
                request.header(HEADER).map(this::replay).orElseGet(() -> others.answer(request));
    }

    /** Answers every request with the named recording. */
    public SimProvider always(String id) {
        SimAnswer answer = replay(id);
        return (SimRequest _) -> answer;
    }

    private SimAnswer replay(String id) {
        return find(id).flatMap(Recording::answer)
                .map(SimAnswer.class::cast)
                .orElseGet(() ->
                        SimAnswer.json(
                                404,
                                "{\"error\":{\"message\":\"no such recording\",\"type\":"
                                    + "\"invalid_request_error\",\"param\":null,\"code\":null}}"));
    }
}
