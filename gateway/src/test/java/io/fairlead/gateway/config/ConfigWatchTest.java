package io.fairlead.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Timeout(30)
final class ConfigWatchTest {
    private static final Duration INTERVAL = Duration.ofMillis(10);

    @TempDir Path folder;
    private final BlockingQueue<GatewayConfig> applied = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<ConfigProblem>> refused = new LinkedBlockingQueue<>();
    private Yaml yaml = new Yaml(Path.of(""), Map.of());
    private Optional<ConfigWatch> watch = Optional.empty();

    private final class Recorder implements ConfigWatch.Listener {
        @Override
        public void applied(GatewayConfig config, List<ConfigProblem> warnings) {
            if (config.server().port() == 666) {
                throw new IllegalStateException("can't");
            }
            applied.add(config);
        }

        @Override
        public void refused(List<ConfigProblem> problems) {
            refused.add(problems);
        }
    }

    @BeforeEach
    void inFolder() {
        yaml = new Yaml(folder, Map.of());
    }

    @AfterEach
    void close() {
        watch.ifPresent(ConfigWatch::close);
    }

    @Test
    void appliesAFileThatIsWrittenInPlace() throws Exception {
        start(drain(1));
        yaml.write(drain(2));

        assertThat(next().server().drain()).hasSeconds(2);
    }

    @Test
    void appliesAFileThatIsRenamedIntoPlace() throws Exception {
        start(drain(1));
        for (int i = 2; i < 5; i++) {
            Path other = folder.resolve("fairlead.yaml.swp");
            Files.writeString(other, drain(i));
            Files.move(other, yaml.file(), StandardCopyOption.ATOMIC_MOVE);

            assertThat(next().server().drain()).hasSeconds(i);
        }
    }

    @Test
    void appliesAFileThatIsDeletedAndWrittenAgain() throws Exception {
        start(drain(1));
        Files.delete(yaml.file());
        assertThat(nextRefused().toString()).contains("no such file");
        yaml.write(drain(2));

        assertThat(next().server().drain()).hasSeconds(2);
    }

    @Test
    void appliesAFileWhoseFolderIsSwappedByALink() throws Exception {
        for (int i = 1; i <= 2; i++) {
            Path version = Files.createDirectory(folder.resolve("version" + i));
            Files.writeString(version.resolve("fairlead.yaml"), drain(i));
        }
        Path data = folder.resolve("..data");
        Files.createSymbolicLink(data, Path.of("version1"));
        Files.createSymbolicLink(yaml.file(), Path.of("..data/fairlead.yaml"));
        startAsItIs();

        Path next = folder.resolve("..data_tmp");
        Files.createSymbolicLink(next, Path.of("version2"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);

        assertThat(next().server().drain()).hasSeconds(2);
    }

    @Test
    void appliesAChangedSecretFile() throws Exception {
        Path secret = folder.resolve("secret");
        Files.writeString(secret, "first-secret-with-24-characters");
        start("keys: [ { name: a, secret: file:secret } ]");
        Files.writeString(secret, "second-secret-with-24-characters");

        assertThat(next().keys().getFirst().secret())
                .isEqualTo(SecretHash.of("second-secret-with-24-characters"));
    }

    @Test
    void refusesABadFileAsAWholeAndTakesTheNextGoodOne() throws Exception {
        ConfigWatch running = start(drain(1));
        yaml.write(drain(2) + "nonsense: 1\n");
        List<ConfigProblem> problems = nextRefused();

        assertThat(problems).hasSize(1);
        assertThat(applied).isEmpty();
        assertThat(running.reload().problems()).hasSize(1);

        yaml.write(drain(3));
        assertThat(next().server().drain()).hasSeconds(3);
    }

    @Test
    void doesNotTakeAnEmptyFileForNoConfiguration() throws Exception {
        start("keys: [ { name: a, secret: a-secret-with-24-characters } ]");
        yaml.write("");

        assertThat(nextRefused()).hasSize(1);
        assertThat(applied).isEmpty();
    }

    @Test
    void waitsUntilAFileIsWrittenWhole() throws Exception {
        start(drain(1));
        String text = drain(2) + "# " + "x".repeat(400) + "\nstream: { hold: 9s }\n";
        Files.writeString(yaml.file(), "");
        for (int i = 0; i < text.length(); i++) {
            Files.writeString(yaml.file(), text.substring(i, i + 1), StandardOpenOption.APPEND);
        }
        GatewayConfig last = next();
        while (!last.stream().hold().equals(Duration.ofSeconds(9))) {
            last = next();
        }
        assertThat(last.server().drain()).hasSeconds(2);
    }

    @Test
    void staysQuietWhenNothingChanges() throws Exception {
        ConfigWatch running = start(drain(1));
        yaml.write(drain(1) + "# a comment\n");

        assertThat(running.reload().problems()).isEmpty();
        assertThat(applied.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void reloadsWhenAsked() throws Exception {
        ConfigWatch running = start(drain(1), Duration.ofDays(1));
        yaml.write(drain(2));

        assertThat(running.reload().config()).isPresent();
        assertThat(next().server().drain()).hasSeconds(2);
    }

    @Test
    void livesOnWhenAConfigurationFailsToApply() throws Exception {
        start(drain(1));
        yaml.write("server: { port: 666 }");
        assertThat(nextRefused().toString()).contains("failed to apply");
        yaml.write(drain(2));

        assertThat(next().server().drain()).hasSeconds(2);
    }

    private GatewayConfig next() throws InterruptedException {
        return Objects.requireNonNull(applied.poll(10, TimeUnit.SECONDS), "applied within 10 s");
    }

    private List<ConfigProblem> nextRefused() throws InterruptedException {
        return Objects.requireNonNull(refused.poll(10, TimeUnit.SECONDS), "refused within 10 s");
    }

    @Test
    void noticesAChangeBetweenTheFirstReadingAndTheWatch() throws Exception {
        yaml.write(drain(11));
        ConfigReading first = yaml.source().read();
        yaml.write(drain(12));
        watch = Optional.of(ConfigWatch.start(yaml.source(), first, INTERVAL, new Recorder()));

        assertThat(next().server().drain()).isEqualTo(Duration.ofSeconds(12));
    }

    private ConfigWatch start(String text) {
        return start(text, INTERVAL);
    }

    private ConfigWatch start(String text, Duration interval) {
        yaml.write(text);
        ConfigReading first = yaml.source().read();
        assertThat(first.problems()).isEmpty();
        ConfigWatch started = ConfigWatch.start(yaml.source(), first, interval, new Recorder());
        watch = Optional.of(started);
        return started;
    }

    private void startAsItIs() {
        ConfigReading first = yaml.source().read();
        watch = Optional.of(ConfigWatch.start(yaml.source(), first, INTERVAL, new Recorder()));
    }

    private static String drain(int seconds) {
        return "server: { drain: " + seconds + "s }\n";
    }
}
