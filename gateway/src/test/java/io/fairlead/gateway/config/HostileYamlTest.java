package io.fairlead.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

@Timeout(60)
final class HostileYamlTest {
    private static final String SIGNS = "{}[]:,-&*!|>'\"%@`#?$~ \n\tabc019.";

    @TempDir Path folder;
    private Yaml yaml = new Yaml(Path.of(""), Map.of());

    @BeforeEach
    void inFolder() {
        yaml = new Yaml(folder, Map.of());
    }

    @Test
    void refusesAliasBombs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i));
            bomb.append(("*a" + (i - 1) + ",").repeat(10)).append("]\n");
        }
        assertThat(yaml.problems(bomb.toString())).anyMatch(p -> p.contains("200000 values"));
    }

    @Test
    void refusesAnchorsInsideThemselves() {
        assertThat(yaml.problems("a: &a [*a]")).anyMatch(p -> p.contains("alias *a"));
        assertThat(yaml.problems("a: &a { b: *a }")).anyMatch(p -> p.contains("alias *a"));
        assertThat(yaml.problems("a: *none")).hasSize(1);
    }

    @Test
    void refusesTooMuchDepthAndSize() {
        assertThat(yaml.problems("a: " + "[".repeat(100_000)))
                .anyMatch(p -> p.contains("50 levels"));
        assertThat(yaml.problems("a: " + "{a: ".repeat(100))).isNotEmpty();
        assertThat(yaml.problems("x: [" + "1,".repeat(300_000) + "]"))
                .anyMatch(p -> p.contains("200000 values"));
        assertThat(yaml.problems("#" + "x".repeat(5_000_000)))
                .containsExactly(" found more than 4MB, expected a smaller file");
    }

    @Test
    void refusesTagsDocumentsAndKeysThatAreNoNames() {
        assertThat(yaml.problems("a: !!javax.script.ScriptEngineManager [x]"))
                .anyMatch(p -> p.contains("tag"));
        assertThat(yaml.problems("server: {}\n---\nserver: {}"))
                .anyMatch(p -> p.contains("second document"));
        assertThat(yaml.problems("? [a, b]\n: c")).anyMatch(p -> p.contains("key"));
        assertThat(yaml.problems("- a")).hasSize(1);
        assertThat(yaml.problems("just text")).hasSize(1);
        assertThat(yaml.problems("a: [")).hasSize(1);
        assertThat(yaml.problems("a:\n\t- b")).hasSize(1);
    }

    @Test
    void boundsTheNumberOfProblems() {
        StringBuilder text = new StringBuilder("server:\n");
        for (int i = 0; i < 5_000; i++) {
            text.append("  k%d: 1\n".formatted(i));
        }
        assertThat(yaml.problems(text.toString())).hasSize(200);
    }

    @Test
    void turnsRandomBytesIntoProblemsOnly() throws IOException {
        long seed = Long.getLong("fairlead.seed", 20261122L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 1_500; round++) {
            byte[] bytes = new byte[random.nextInt(1, 120)];
            random.nextBytes(bytes);
            if (round % 2 == 0) {
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) SIGNS.charAt((bytes[i] & 0xff) % SIGNS.length());
                }
            }
            check(bytes, seed, round);
        }
    }

    @Test
    void turnsBrokenConfigurationsIntoProblemsOnly() throws IOException {
        long seed = Long.getLong("fairlead.seed", 20261122L);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> pieces =
                List.of(
                        "{", "}", "[", "]", ": ", "\n", "  ", "- ", "off", "null", "${X}", "*a",
                        "&a ", "-1", "!x ", "\"");
        byte[] whole = CONFIG.getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 1_500; round++) {
            StringBuilder text = new StringBuilder(new String(whole, StandardCharsets.UTF_8));
            for (int edit = random.nextInt(1, 6); edit > 0; edit--) {
                int at = random.nextInt(text.length());
                if (random.nextBoolean()) {
                    text.delete(at, Math.min(text.length(), at + random.nextInt(1, 12)));
                } else {
                    text.insert(at, pieces.get(random.nextInt(pieces.size())));
                }
            }
            check(text.toString().getBytes(StandardCharsets.UTF_8), seed, round);
        }
    }

    private void check(byte[] bytes, long seed, int round) throws IOException {
        Files.write(yaml.file(), bytes);
        try {
            ConfigReading reading = yaml.source().read();
            assertThat(reading.config().isPresent())
                    .as("seed %d round %d", seed, round)
                    .isEqualTo(reading.problems().isEmpty());
            reading.problems().forEach(p -> assertThat(p.toString().lines()).hasSize(1));
        } catch (RuntimeException e) {
            throw new AssertionError(
                    "seed %d round %d: %s"
                            .formatted(seed, round, new String(bytes, StandardCharsets.UTF_8)),
                    e);
        }
    }

    private static final String CONFIG =
            """
            server: { host: 127.0.0.1, port: 4000, cors: { origins: [a] }, limits: { idle: 5s } }
            storage: { url: "sqlite:fairlead.db", retention: { age: 30d, size: 1GB }, bodies: off }
            providers:
              openai: { api_key: x, models: [a, { id: b, price: { input: 1, tiers: [ { over: 5, input: 2 } ] } }] }
              pool: { type: openai, keys: [ { key: a, weight: 2 }, b ], headers: { x-a: b } }
              anthropic: off
              slow: { type: sim, latency: 1s }
            models:
              smart:
                strategy: weighted
                targets:
                  - { model: openai/gpt-5, weight: 3 }
                  - slow/echo
                timeout: { first_token: 20s }
              alias: smart
            keys:
              - { name: a, secret: a-secret-with-24-characters-or-more, team: t, budget: { usd: 1.5, per: day }, limits: { rpm: 5 }, metadata: { a: b } }
            teams: [ { name: t } ]
            pricing: { unknown: { input: 5, output: 20 } }
            media: { fetch: [a.example.com] }
            """;
}
