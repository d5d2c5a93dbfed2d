package io.fairlead.gateway.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.gateway.store.Stores;
import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayException;
import io.fairlead.protocol.responses.stored.StoredResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;

class ResponseArchiveTest {
    private static final ArchiveLimits LIMITS = new ArchiveLimits(Duration.ofDays(30), 1 << 20);

    @TempDir Path folder;
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));

    private ResponseArchive archive() {
        return new ResponseArchive(
                Stores.responses(folder.resolve("responses.db")), LIMITS, now::get);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void keep(ResponseArchive archive, String id, String previous) {
        archive.keep(
                "key",
                bytes("{\"input\":\"to " + id + "\"" + previous + "}"),
                bytes(
                        "{\"id\":\""
                                + id
                                + "\",\"created_at\":"
                                + now.get().getEpochSecond()
                                + ",\"output\":[]}"),
                "x");
    }

    @Test
    void opensNothingBeforeItIsNeeded() {
        archive().close();
        assertThat(folder.resolve("responses.db")).doesNotExist();
    }

    @Test
    void findsWhatWasJustKeptAndKeepsItOverRestarts() {
        try (ResponseArchive archive = archive()) {
            keep(archive, "a", "");
            keep(archive, "b", ",\"previous_response_id\":\"a\"");
            assertThat(archive.chain("b", "key").join())
                    .extracting(StoredResponse::id)
                    .containsExactly("a", "b");
            assertThat(archive.chain("b", "other").join()).isEmpty();
        }
        try (ResponseArchive archive = archive()) {
            assertThat(archive.find("b", "key").join()).isPresent();
            Recalled recalled = archive.recall("b", "key", bytes("{\"input\":\"last\"}")).join();
            assertThat(recalled)
                    .isInstanceOfSatisfying(
                            Recalled.Here.class,
                            here ->
                                    assertThat(new String(here.whole(), StandardCharsets.UTF_8))
                                            .containsSubsequence("to a", "to b", "last"));
            assertThat(archive.delete("a", "key").join()).isTrue();
            assertThat(archive.chain("b", "key").join()).isEmpty();
            assertThat(archive.find("b", "key").join()).isPresent();
        }
    }

    @Test
    void remembersWhichProviderKeepsAResponse() {
        try (ResponseArchive archive = archive()) {
            archive.remember("key", bytes("{}"), bytes("{\"id\":\"p\"}"), "azure");
            archive.remember("key", bytes("{}"), bytes("{\"response\":{\"id\":\"q\"}}"), "eu");
            archive.remember("key", bytes("{\"store\":false}"), bytes("{\"id\":\"r\"}"), "azure");
        }
        try (ResponseArchive archive = archive()) {
            assertThat(archive.recall("p", "key", bytes("{}")).join())
                    .isEqualTo(new Recalled.KeptBy("azure"));
            assertThat(archive.recall("q", "key", new byte[0]).join())
                    .isEqualTo(new Recalled.KeptBy("eu"));
            assertThat(archive.recall("r", "key", new byte[0]).join())
                    .isEqualTo(new Recalled.Unknown());
            assertThat(archive.recall("p", "other", new byte[0]).join())
                    .isEqualTo(new Recalled.Unknown());
            assertThat(archive.find("p", "key").join()).isEmpty();
            assertThat(archive.chain("p", "key").join()).isEmpty();
            assertThat(archive.missed()).isZero();
        }
    }

    @Test
    void whatIsTooOldIsNotThere() {
        try (ResponseArchive archive = archive()) {
            keep(archive, "a", "");
            now.updateAndGet(it -> it.plus(Duration.ofDays(31)));
            assertThat(archive.find("a", "key").join()).isEmpty();
            assertThat(archive.chain("a", "key").join()).isEmpty();
            keep(archive, "b", "");
            assertThat(archive.find("b", "key").join()).isPresent();
        }
    }

    @Test
    void whatIsTooLargeIsCountedAndNotKept() {
        try (ResponseArchive archive = archive()) {
            archive.keep("key", new byte[ArchiveLimits.MOST_ONE], new byte[1], "x");
            assertThat(archive.missed()).isEqualTo(1);
            archive.keep("key", bytes("{\"store\":false}"), bytes("{\"id\":\"n\"}"), "x");
            assertThat(archive.find("n", "key").join()).isEmpty();
            assertThat(archive.missed()).isEqualTo(1);
            assertThat(archive.kept()).isZero();
        }
    }

    @Test
    void aStoreThatCanNotBeUsedIsTriedAgain() throws Exception {
        Path file = folder.resolve("responses.db");
        Files.createDirectory(file);
        try (ResponseArchive archive = archive()) {
            keep(archive, "a", "");
            assertThatThrownBy(() -> archive.find("a", "key").join())
                    .isInstanceOf(CompletionException.class)
                    .satisfies(e -> {
                        GatewayException told = ResponseArchive.failure(e);
                        assertThat(told.error().code()).isEqualTo(ErrorCode.OVERLOADED);
                    });
            assertThat(archive.missed()).isEqualTo(1);
            Files.delete(file);
            keep(archive, "b", "");
            assertThat(archive.find("b", "key").join()).isPresent();
        }
    }
}
