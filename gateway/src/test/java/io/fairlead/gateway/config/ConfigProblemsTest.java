package io.fairlead.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

final class ConfigProblemsTest {
    @TempDir Path folder;
    private Yaml yaml = new Yaml(Path.of(""), Map.of());

    @BeforeEach
    void inFolder() {
        yaml = new Yaml(folder, Map.of("SECRET_PORT", "sk-very-secret"));
    }

    @Test
    void reportsAllProblemsAtOnceWithTheirPlaces() {
        List<String> problems =
                yaml.problems(
                        """
                        server:
                          prot: 4000
                          drain: 30
                          port: 70000
                        providers:
                          my-vllm: { apiKey: x, base_url: "10.0.0.5:8000" }
                        models:
                          smart: { targets: [{ model: opnai/gpt-5 }] }
                        keys:
                          - { name: app, secret: short, team: bleu }
                        teams:
                          - { name: blue }
                        """);

        assertThat(problems)
                .containsExactlyInAnyOrder(
                        "2:3: server.prot: found an unknown key, expected one of host, port,"
                                + " admin_key, require_key, drain, max_body, tls, cors, limits; did"
                                + " you mean port?",
                        "3:10: server.drain: found \"30\", expected a duration such as 250ms, 30s,"
                                + " 10m, 12h or 30d",
                        "4:9: server.port: found \"70000\", expected a whole number from 0 to"
                                + " 65535",
                        "6:14: providers.my-vllm.apiKey: found an unknown key, expected one of"
                            + " type, protocol, base_url, auth, api_key, keys, region, headers,"
                            + " models, retries, breaker, timeout, conform, access_key_id,"
                            + " secret_access_key, session_token, project, location, credentials,"
                            + " resource, entra, api_version, deployments, latency,"
                            + " tokens_per_second, error_percent; did you mean api_key?",
                        "6:35: providers.my-vllm.base_url: found text of 13 characters, expected an"
                                + " http or https URL without user, query and fragment",
                        "8:31: models.smart.targets[0].model: found \"opnai/gpt-5\", expected"
                                + " provider/model-id, a model of the catalogue or a name under"
                                + " models; did you mean openai/gpt-5?",
                        "10:26: keys[0].secret: found a secret of 5 characters, expected a secret"
                                + " of 24 characters or more, or file:PATH",
                        "10:39: keys[0].team: found \"bleu\", expected the name of a team under"
                                + " teams; did you mean blue?");
    }

    @Test
    void neverShowsASecretOrAValueOfTheEnvironment() {
        assertThat(
                        yaml.problems(
                                """
                                server: { port: "${SECRET_PORT}", admin_key: [sk-secret-list] }
                                providers:
                                  openai: sk-secret-shorthand
                                  a: { type: openai, api_key: "sk-secret\\u0007" }
                                  b: { type: openai, base_url: "https://user:sk-secret@host" }
                                keys: [ { name: k, secret: sk-secret-x } ]
                                storage: { url: "mysql://root:sk-secret@host/db" }
                                """))
                .hasSize(7)
                .noneMatch(problem -> problem.contains("sk-"));
    }

    @Test
    void namesAVariableThatIsMissingOrMalformed() {
        assertThat(
                        yaml.with("EMPTY", "")
                                .problems(
                                        """
                                        providers:
                                          openai: { api_key: "${NOT_THERE}" }
                                          groq: { api_key: "${EMPTY}" }
                                        server: { host: "${not a name}", port: "${OPEN" }
                                        """))
                .containsExactly(
                        "2:22: providers.openai.api_key: found ${NOT_THERE}, but the environment"
                                + " variable NOT_THERE is not set, expected a variable that is set,"
                                + " or ${NAME:-default}",
                        "3:20: providers.groq.api_key: found ${EMPTY}, but the environment variable"
                                + " EMPTY is empty, expected a variable that is set, or"
                                + " ${NAME:-default}",
                        "4:17: server.host: found \"${not a name}\", which names no variable,"
                                + " expected a variable that is set, or ${NAME:-default}",
                        "4:40: server.port: found \"${\" without \"}\", expected a variable that is"
                                + " set, or ${NAME:-default}");
    }

    @Test
    void saysHonestlyWhatIsNotThereYet() {
        assertThat(
                        yaml.problems(
                                """
                                models:
                                  a: { strategy: cheapest, targets: [sim/echo] }
                                  b: { rules: [ { when: "true", use: sim/echo } ], otherwise: a }
                                storage: { url: "postgresql://user:pass@host/db" }
                                """))
                .containsExactlyInAnyOrder(
                        "2:18: models.a.strategy: found \"cheapest\", which is not available in"
                                + " this version, expected priority or weighted",
                        "3:6: models.b.targets: found nothing, expected a list, each item a mapping"
                                + " with model or a name of up to 200 characters without spaces",
                        "3:15: models.b.rules: found rules, expected nothing: not available in this"
                                + " version",
                        "3:63: models.b.otherwise: found otherwise, expected nothing: not available"
                                + " in this version",
                        "4:17: storage.url: found a PostgreSQL server, expected sqlite:FILE"
                                + " (PostgreSQL is not available in this version)");
    }

    @Test
    void warnsOfWhatIsReadButNotEnforced() {
        ConfigReading reading =
                yaml.read(
                        """
                        keys: [ { name: k, secret: a-secret-with-24-characters-or-more, limits: { rpm: 1 } } ]
                        models: { m: groq/llama }
                        """);

        assertThat(reading.config()).isPresent();
        assertThat(reading.warnings())
                .extracting(ConfigProblem::path)
                .containsExactly("keys[0].limits", "models.m");
    }

    @Test
    void findsNamesThatLeadNowhereOrInACircle() {
        assertThat(
                        yaml.problems(
                                """
                                providers: { groq: off, simm: off, x: { type: opeanai }, y: { api_key: k } }
                                models:
                                  a: { targets: [b] }
                                  b: c
                                  c: { targets: [{ model: a }] }
                                  self: self
                                  gone: groq/llama
                                  none: { targets: [] }
                                  fine: gpt-4o
                                  fine-too: { targets: [fine, fine, meta/llama-3] }
                                """))
                .extracting(problem -> problem.substring(0, problem.indexOf(", expected")))
                .containsExactlyInAnyOrder(
                        "1:25: providers.simm: found \"simm\", which the catalogue does not know",
                        "1:47: providers.x.type: found \"opeanai\", which the catalogue does not"
                                + " know",
                        "1:58: providers.y: found \"y\", which the catalogue does not know",
                        "3:3: models.a: found a name that leads back to itself through \"c\"",
                        "4:3: models.b: found a name that leads back to itself through \"a\"",
                        "5:3: models.c: found a name that leads back to itself through \"b\"",
                        "6:3: models.self: found a name that leads back to itself",
                        "7:9: models.gone: found \"groq/llama\", but this provider is off",
                        "8:9: models.none.targets: found an empty list");
    }

    @Test
    void findsWhatIsThereTwice() {
        assertThat(
                        yaml.problems(
                                """
                                server: { admin_key: admin-key-with-24-characters-or-more }
                                keys:
                                  - { name: a, secret: a-secret-with-24-characters-or-more }
                                  - { name: a, secret: b-secret-with-24-characters-or-more }
                                  - { name: c, secret: a-secret-with-24-characters-or-more }
                                  - { name: d, secret: admin-key-with-24-characters-or-more }
                                teams: [ { name: t }, { name: t } ]
                                server: { port: 1 }
                                """))
                .extracting(problem -> problem.substring(0, problem.indexOf(", expected")))
                .containsExactlyInAnyOrder(
                        "4:13: keys[1].name: found \"a\" for a second time",
                        "7:31: teams[1].name: found \"t\" for a second time",
                        "8:1: server: found the key for a second time",
                        "5:13: keys: found the same secret for \"c\" as that of key \"a\"",
                        "6:13: keys: found the same secret for \"d\" as the admin key");
    }

    @Test
    void findsSettingsOfAProviderThatDoNotGoTogether() {
        assertThat(
                        yaml.problems(
                                """
                                providers:
                                  a: { type: openai, api_key: x, keys: [y] }
                                  b: { type: amazon-bedrock, region: eu, access_key_id: x }
                                  c: { type: openai, latency: 1s }
                                  d: { type: openai, auth: none, api_key: x }
                                  e: { type: openai, headers: { Host: x, "bad name": y } }
                                  azure: { api_key: x }
                                """))
                .extracting(problem -> problem.substring(0, problem.indexOf(", expected")))
                .containsExactlyInAnyOrder(
                        "2:6: providers.a: found both api_key and keys",
                        "3:6: providers.b: found half of a key pair",
                        "4:6: providers.c: found latency, tokens_per_second or error_percent",
                        "5:6: providers.d: found a credential and auth: none",
                        "6:33: providers.e.headers.Host: found \"Host\"",
                        "6:42: providers.e.headers[\"bad name\"]: found \"bad name\"",
                        "7:3: providers.azure: found no address");
    }

    @Test
    void refusesAnAddressThatOthersReachWithoutAnAdminKey() {
        assertThat(yaml.problems("server:\n  host: 0.0.0.0\n"))
                .containsExactly(
                        "2:9: server.host: found \"0.0.0.0\", which other machines can reach,"
                            + " without an admin key, expected server.admin_key, or the environment"
                            + " variable FAIRLEAD_ADMIN_KEY; or a loopback address");
        yaml.good("server: { host: 0.0.0.0, admin_key: some-admin-key }");
    }

    @Test
    void namesValuesOfTheWrongForm() {
        assertThat(
                        yaml.problems(
                                """
                                server: 4000
                                providers: [openai]
                                models: { m: { targets: openai/x, retries: -1, breaker: maybe } }
                                keys: { a: b }
                                teams: [ { budget: { usd: 1e9, per: year } } ]
                                pricing: { unknown: free, models: { x/y: { input: -1 } } }
                                media: { fetch: everywhere, max_size: 10mb }
                                stream: { hold: 30 s }
                                log: { level: loud }
                                """))
                .extracting(problem -> problem.substring(0, problem.indexOf(", expected")))
                .containsExactlyInAnyOrder(
                        "1:9: server: found text",
                        "2:12: providers: found a list",
                        "3:25: models.m.targets: found \"openai/x\"",
                        "3:44: models.m.retries: found \"-1\"",
                        "3:57: models.m.breaker: found \"maybe\"",
                        "4:7: keys: found a mapping",
                        "5:10: teams[0].name: found nothing",
                        "5:27: teams[0].budget.usd: found \"1e9\"",
                        "5:37: teams[0].budget.per: found \"year\"",
                        "6:21: pricing.unknown: found \"free\"",
                        "6:51: pricing.models.x/y.input: found \"-1\"",
                        "7:17: media.fetch: found \"everywhere\"",
                        "7:39: media.max_size: found \"10mb\"",
                        "8:17: stream.hold: found \"30 s\"",
                        "9:15: log.level: found \"loud\"");
    }

    @Test
    void tellsWhatOtherToolsCallTheSame() {
        assertThat(
                        yaml.problems(
                                "model_list: []\nproviders: { openai: { api_base: x, key: y } }\n"))
                .anyMatch(p -> p.endsWith("did you mean providers and models?"))
                .anyMatch(p -> p.endsWith("did you mean base_url?"))
                .anyMatch(p -> p.endsWith("did you mean api_key?"));
    }

    @Test
    void refusesFilesThatCannotBeRead() throws IOException {
        assertThat(
                        new ConfigSource(
                                        Optional.of(folder.resolve("none.yaml")),
                                        Map.of(),
                                        ConfigSource.Overrides.NONE,
                                        Yaml.CATALOGUE)
                                .read()
                                .problems()
                                .toString())
                .contains("none.yaml: found no such file");
        assertThat(yaml.problems(" \n")).hasSize(1);
        Files.write(yaml.file(), new byte[] {'a', ':', ' ', (byte) 0xff});
        assertThat(yaml.source().read().problems().toString()).contains("no UTF-8");
        Files.delete(yaml.file());
        Files.createDirectory(yaml.file());
        assertThat(yaml.source().read().problems()).hasSize(1);
    }

    @Test
    void refusesSecretFilesThatCannotBeRead() throws IOException {
        Files.write(folder.resolve("huge"), new byte[100_000]);
        Files.writeString(folder.resolve("empty"), "\n");
        assertThat(
                        yaml.problems(
                                """
                                providers:
                                  a: { type: openai, api_key: "file:none" }
                                  b: { type: openai, api_key: "file:huge" }
                                  c: { type: openai, api_key: "file:empty" }
                                  d: { type: openai, api_key: "file:\\0" }
                                server: { tls: { cert: none.pem, key: none.key } }
                                """))
                .hasSize(6);
    }
}
