package io.fairlead.protocol.service.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.Calls;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.Translation.Unary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Texts of an OpenAI client, judged by Mistral. */
final class ModerationsTest {
    private static final String MISTRAL =
            """
            {"id":"m1","model":"mistral-moderation-2411","results":[{"categories":{
             "sexual":false,"hate_and_discrimination":false,"violence_and_threats":true,
             "dangerous_and_criminal_content":false,"selfharm":false,"health":false,
             "financial":false,"law":false,"pii":true},"category_scores":{"sexual":0.01,
             "hate_and_discrimination":0.02,"violence_and_threats":0.9,
             "dangerous_and_criminal_content":0.03,"selfharm":0.04,"health":0.05,
             "financial":0.06,"law":0.07,"pii":0.99}}],"usage":{"prompt_tokens":9,
             "total_tokens":12,"completion_tokens":3}}\
            """;

    private final Moderations forms = new Moderations();

    private Translation at(String body) {
        return Calls.at(forms, Dialect.MISTRAL, Calls.json(Endpoint.MODERATIONS, body));
    }

    private static Set<String> names(Json object, String member) {
        return object.get(member).orElseThrow().members().stream()
                .map(Json.Member::name)
                .collect(Collectors.toSet());
    }

    @Test
    void mistralsJudgementComesInOpenAisCategories() {
        Translation told = at("{\"model\":\"m\",\"input\":\"text\",\"unknown\":1}");
        assertThat(told.request().path()).isEqualTo("/moderations");
        assertThat(Calls.body(told)).isEqualTo("{\"model\":\"model-x\",\"input\":\"text\"}");
        Unary answer = told.answer(Optional.empty(), Calls.utf8(MISTRAL));
        assertThat(answer.usage()).hasValue(Usage.of(9, 3));
        Json body = Json.parse(answer.bytes());
        Json result = body.get("results").orElseThrow().elements().getFirst();
        assertThat(result.get("flagged")).hasValue(Json.TRUE);
        Json flags = result.get("categories").orElseThrow();
        assertThat(flags.get("violence")).hasValue(Json.TRUE);
        assertThat(flags.get("illicit")).hasValue(Json.FALSE);
        assertThat(flags.get("pii")).as("unknown to OpenAI").hasValue(Json.TRUE);
        Json scores = result.get("category_scores").orElseThrow();
        assertThat(scores.get("hate")).hasValue(Json.parse("0.02"));
        assertThat(scores.get("pii")).hasValue(Json.parse("0.99"));
        Json applied = result.get("category_applied_input_types").orElseThrow();
        assertThat(applied.get("self-harm")).hasValue(Json.parse("[\"text\"]"));
        assertThat(applied.get("harassment")).as("not judged").hasValue(Json.EMPTY_ARRAY);
    }

    @Test
    void theAnswerHasWhatOpenAisHave() {
        Json answer =
                Json.parse(Calls.answer(at("{\"input\":\"x\"}"), MISTRAL))
                        .get("results")
                        .orElseThrow()
                        .elements()
                        .getFirst();
        for (Exchange exchange : Recordings.of("openai/moderations")) {
            Json recorded =
                    exchange.answer()
                            .orElseThrow()
                            .get("results")
                            .orElseThrow()
                            .elements()
                            .getFirst();
            assertThat(names(answer, "categories")).containsAll(names(recorded, "categories"));
            assertThat(names(answer, "category_scores"))
                    .containsAll(names(recorded, "category_scores"));
            assertThat(names(answer, "category_applied_input_types"))
                    .containsAll(names(recorded, "category_applied_input_types"));
        }
    }

    @Test
    void recordedRequestsAreToldOrRefused() {
        for (Exchange exchange : Recordings.of("openai/moderations")) {
            Json recorded = exchange.request().orElseThrow();
            if (recorded.toString().contains("image_url")) {
                assertThatThrownBy(() -> at(recorded.toString()))
                        .isInstanceOf(Unsupported.class)
                        .hasMessageStartingWith("input");
            } else {
                assertThat(Json.parse(at(recorded.toString()).request().body()).get("input"))
                        .isEqualTo(recorded.get("input"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[\"a\",\"b\"]; [\"a\",\"b\"]",
                "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"b\"}];"
                        + " [\"a\\nb\"]",
            })
    void textsAreOneInputEachAndPartsAreOne(String input, String sent) {
        assertThat(Json.parse(at("{\"input\":" + input + "}").request().body()).get("input"))
                .hasValue(Json.parse(sent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"input\":3}", "{\"input\":null}", "[]", "x"})
    void badInputIsNamed(String body) {
        assertThatThrownBy(() -> at(body)).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"results\":[{}]}", "[]", "{\"results\":3}"})
    void anAnswerThatIsNoneIsAFault(String body) {
        assertThat(at("{\"input\":\"x\"}").answer(Optional.empty(), Calls.utf8(body)).fault())
                .isPresent();
    }
}
