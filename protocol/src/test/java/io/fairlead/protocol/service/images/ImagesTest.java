package io.fairlead.protocol.service.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.Recordings;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.JsonDifference;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.service.Calls;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.Translation.Unary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Images for an OpenAI client, by the providers that make them in other forms. */
final class ImagesTest {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0};
    private static final String BASE64 = Base64.getEncoder().encodeToString(PNG);

    private final ImageForms forms = new ImageForms();

    private static ServiceRequest asked(String members) {
        return Calls.json(
                Endpoint.IMAGE_GENERATIONS,
                "{\"model\":\"m\",\"prompt\":\"a cat\"" + members + "}");
    }

    private Translation at(Dialect provider, String model, String members) {
        return Calls.at(forms, provider, model, asked(members));
    }

    private static Json sent(Translation told) {
        return Json.parse(told.request().body());
    }

    private static Unary answer(Translation told, String body) {
        return told.answer(Optional.of("application/json"), Calls.utf8(body));
    }

    private static Json made(Translation told, String body) {
        Unary answer = answer(told, body);
        assertThat(answer.fault()).isEmpty();
        return Json.parse(answer.bytes());
    }

    private static Json one(String format) {
        return Json.parse(
                "{\"created\":1700000000,\"data\":[{\"b64_json\":\""
                        + BASE64
                        + "\"}],\"output_format\":\""
                        + format
                        + "\"}");
    }

    private static void blocked(Translation told, String body, String reason) {
        assertThat(answer(told, body).fault())
                .hasValueSatisfying(fault ->
                        assertThat(fault)
                                .isInstanceOfSatisfying(
                                        ProviderFault.InStreamError.class,
                                        it -> {
                                            assertThat(it.status()).isEqualTo(400);
                                            assertThat(it.message()).contains(reason);
                                        }));
    }

    @Test
    void geminiAnswersATurnWithAnImage() {
        Translation told =
                at(
                        Dialect.GEMINI,
                        "gemini-image",
                        ",\"size\":\"1536x1024\",\"quality\":\"high\",\"style\":\"vivid\"");
        assertThat(told.request().path()).isEqualTo("/models/gemini-image:generateContent");
        assertThat(sent(told))
                .isEqualTo(
                        Json.parse(
                                """
                                {"contents":[{"role":"user","parts":[{"text":"a cat"}]}],
                                 "generationConfig":{"responseModalities":["TEXT","IMAGE"],
                                 "imageConfig":{"aspectRatio":"3:2"}}}\
                                """));
        assertThat(told.dropped()).containsExactly("style", "quality");
        Unary answer =
                answer(
                        told,
                        """
                        {"candidates":[{"content":{"parts":[{"text":"A cat."},{"inlineData":{
                         "mimeType":"image/png","data":"%s"}}]},"finishReason":"STOP"}],
                         "usageMetadata":{"promptTokenCount":7,"candidatesTokenCount":1300,
                         "totalTokenCount":1307,"candidatesTokensDetails":[
                         {"modality":"IMAGE","tokenCount":1290}]}}\
                        """
                                .formatted(BASE64));
        assertThat(answer.usage()).hasValue(new Usage(7, 0, 0, 0, 0, 1300, 0, 0, 1290));
        assertThat(Json.parse(answer.bytes()))
                .isEqualTo(
                        Json.parse(
                                """
                                {"created":1700000000,"data":[{"b64_json":"%s",
                                 "revised_prompt":"A cat."}],"output_format":"png","usage":{
                                 "input_tokens":7,"output_tokens":1300,"total_tokens":1307,
                                 "input_tokens_details":{"text_tokens":7,"image_tokens":0},
                                 "output_tokens_details":{"text_tokens":10,"image_tokens":1290}}}\
                                """
                                        .formatted(BASE64)));
    }

    @Test
    void geminiIsShownTheImagesOfAFormAndOfJson() {
        ServiceRequest form =
                Calls.form(Endpoint.IMAGE_EDITS, "image[]", PNG, "prompt", "a hat", "n", "1");
        ServiceRequest json =
                Calls.json(
                        Endpoint.IMAGE_EDITS,
                        "{\"prompt\":\"a hat\",\"images\":[{\"image_url\":\"data:image/png;base64,"
                                + BASE64
                                + "\"}]}");
        for (ServiceRequest request : List.of(form, json)) {
            Translation told = Calls.at(forms, Dialect.VERTEX, "gemini-image", request);
            assertThat(Calls.body(told))
                    .contains(
                            "\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\""
                                    + BASE64
                                    + "\"}},{\"text\":\"a hat\"}]");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GEMINI, /models/imagen-4.0-generate-001:predict",
        "VERTEX, /publishers/google/models/imagen-4.0-generate-001:predict"
    })
    void imagenPredicts(Dialect provider, String path) {
        Translation told =
                at(
                        provider,
                        "imagen-4.0-generate-001",
                        ",\"n\":3,\"size\":\"1024x1536\",\"output_format\":\"jpeg\","
                                + "\"output_compression\":80");
        assertThat(told.request().path()).isEqualTo(path);
        assertThat(sent(told))
                .isEqualTo(
                        Json.parse(
                                """
                                {"instances":[{"prompt":"a cat"}],"parameters":{"sampleCount":3,
                                 "aspectRatio":"3:4","outputOptions":{"mimeType":"image/jpeg",
                                 "compressionQuality":80}}}\
                                """));
        assertThat(told.dropped()).containsExactly("size");
        assertThat(
                        made(
                                told,
                                "{\"predictions\":[{\"raiFilteredReason\":\"no\"},{\"mimeType\":"
                                        + "\"image/jpeg\",\"bytesBase64Encoded\":\""
                                        + BASE64
                                        + "\"}]}"))
                .isEqualTo(one("jpeg"));
        blocked(told, "{\"predictions\":[{\"raiFilteredReason\":\"violence\"}]}", "violence");
        blocked(told, "{}", "filter");
    }

    @Test
    void amazonsModelsHaveTasks() {
        Translation told =
                at(
                        Dialect.BEDROCK,
                        "amazon.nova-canvas-v1:0",
                        ",\"n\":2,\"size\":\"1280x720\",\"quality\":\"hd\"");
        assertThat(told.request().path()).isEqualTo("/model/amazon.nova-canvas-v1%3A0/invoke");
        assertThat(sent(told))
                .isEqualTo(
                        Json.parse(
                                """
                                {"taskType":"TEXT_IMAGE","textToImageParams":{"text":"a cat"},
                                 "imageGenerationConfig":{"numberOfImages":2,"width":1280,
                                 "height":720,"quality":"premium"}}\
                                """));
        assertThat(made(told, "{\"images\":[\"" + BASE64 + "\"]}")).isEqualTo(one("png"));
        blocked(told, "{\"images\":[],\"error\":\"blocked by our policy\"}", "our policy");

        Translation varied =
                Calls.at(
                        forms,
                        Dialect.BEDROCK,
                        "amazon.titan-image-generator-v2:0",
                        Calls.form(Endpoint.IMAGE_VARIATIONS, "image", PNG));
        assertThat(sent(varied))
                .isEqualTo(
                        Json.parse(
                                "{\"taskType\":\"IMAGE_VARIATION\",\"imageVariationParams\":{"
                                        + "\"images\":[\""
                                        + BASE64
                                        + "\"]},\"imageGenerationConfig\":{\"numberOfImages\":1}}"));
    }

    @Test
    void stabilityOnBedrockTakesAPrompt() {
        Translation told =
                at(
                        Dialect.BEDROCK,
                        "stability.stable-image-ultra-v1:1",
                        ",\"size\":\"1024x1024\",\"output_format\":\"jpeg\"");
        assertThat(sent(told))
                .isEqualTo(
                        Json.parse(
                                """
                                {"prompt":"a cat","aspect_ratio":"1:1","output_format":"jpeg"}\
                                """));
        assertThat(
                        made(
                                told,
                                "{\"seeds\":[1],\"finish_reasons\":[null],\"images\":[\""
                                        + BASE64
                                        + "\"]}"))
                .isEqualTo(one("jpeg"));
        blocked(told, "{\"finish_reasons\":[\"Filter reason: prompt\"]}", "Filter reason");
    }

    @ParameterizedTest
    @CsvSource({
        "stable-image-core, core, ''",
        "ultra, ultra, ''",
        "sd3.5-large, sd3, sd3.5-large",
        "../../v1/user, ..%2F..%2Fv1%2Fuser, ''"
    })
    void stabilityIsSentAForm(String model, String path, String field) {
        Translation told = at(Dialect.STABILITY, model, ",\"size\":\"1792x1024\"");
        assertThat(told.request().path().replace("%2E", "."))
                .isEqualTo("/stable-image/generate/" + path);
        assertThat(told.request().headers()).containsEntry("accept", "application/json");
        assertThat(Calls.body(told))
                .contains("name=\"prompt\"\r\n\r\na cat\r\n")
                .contains("name=\"aspect_ratio\"\r\n\r\n16:9\r\n");
        if (!field.isEmpty()) {
            assertThat(Calls.body(told)).contains("name=\"model\"\r\n\r\n" + field + "\r\n");
        }
        assertThat(told.dropped()).containsExactly("size");
        assertThat(made(told, "{\"image\":\"" + BASE64 + "\",\"finish_reason\":\"SUCCESS\"}"))
                .isEqualTo(one("png"));
        blocked(
                told,
                "{\"image\":\"" + BASE64 + "\",\"finish_reason\":\"CONTENT_FILTERED\"}",
                "CONTENT_FILTERED");
    }

    @Test
    void xaisRecordingIsSaidAsItWas() {
        Exchange exchange = Recordings.of("xai/images").getFirst();
        Json recorded = exchange.request().orElseThrow();
        Translation told =
                Calls.at(
                        forms,
                        Dialect.XAI,
                        recorded.get("model").orElseThrow().text(),
                        Calls.json(Endpoint.IMAGE_EDITS, recorded.toString()));
        assertThat(told.request().path()).isEqualTo("/images/edits");
        assertThat(JsonDifference.between(recorded, sent(told))).isEmpty();
        Json answer = made(told, exchange.answer().orElseThrow().toString());
        assertThat(JsonDifference.between(exchange.answer().orElseThrow(), answer))
                .allMatch(it -> it.contains("created") || it.contains("usage"));
    }

    @Test
    void everyRecordedRequestOfOpenAiCanBeToldToOthers() {
        int told = 0;
        for (Exchange exchange : Recordings.of("openai/images")) {
            Json recorded = exchange.request().orElseThrow();
            boolean remote = exchange.failed();
            Endpoint endpoint =
                    exchange.path().endsWith("edits")
                            ? Endpoint.IMAGE_EDITS
                            : Endpoint.IMAGE_GENERATIONS;
            ServiceRequest request = Calls.json(endpoint, recorded.toString());
            Json xai = sent(Calls.at(forms, Dialect.XAI, "grok", request));
            assertThat(xai.get("prompt")).isEqualTo(recorded.get("prompt"));
            if (!remote) {
                Json gemini = sent(Calls.at(forms, Dialect.GEMINI, "gemini", request));
                assertThat(gemini.toString())
                        .contains(recorded.get("prompt").orElseThrow().text())
                        .contains("\"aspectRatio\":");
            }
            told++;
        }
        assertThat(told).isEqualTo(4);
    }

    @Test
    void xaiKeepsMembersOfItsOwnAndIsSentFormsAsJson() {
        Translation told =
                at(
                        Dialect.XAI,
                        "grok",
                        ",\"aspect_ratio\":\"2:1\",\"size\":\"1024x1024\",\"resolution\":\"2k\","
                                + "\"response_format\":\"url\",\"quality\":\"low\"");
        assertThat(sent(told))
                .isEqualTo(
                        Json.parse(
                                """
                                {"model":"grok","prompt":"a cat","aspect_ratio":"2:1",
                                 "resolution":"2k","response_format":"url"}\
                                """));
        assertThat(told.dropped()).containsExactly("quality");
        Translation form =
                Calls.at(
                        forms,
                        Dialect.XAI,
                        "grok",
                        Calls.form(Endpoint.IMAGE_EDITS, "image", PNG, "prompt", "hat", "n", "2"));
        assertThat(sent(form))
                .isEqualTo(
                        Json.parse(
                                "{\"model\":\"grok\",\"prompt\":\"hat\",\"n\":2,\"images\":[{"
                                        + "\"type\":\"image_url\",\"url\":\"data:image/png;base64,"
                                        + BASE64
                                        + "\"}]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GEMINI; gemini; \"n\":2; n",
                "GEMINI; imagen-4; \"n\":5; n",
                "GEMINI; gemini; \"response_format\":\"url\"; response_format",
                "GEMINI; gemini; \"output_format\":\"webp\"; output_format",
                "GEMINI; gemini; \"background\":\"transparent\"; background",
                "BEDROCK; anthropic.claude; \"n\":1; model",
                "STABILITY; core; \"n\":2; n",
                "GEMINI; gemini; \"stream\":true; stream",
            })
    void whatAProviderCannotDoIsNamed(
            Dialect provider, String model, String member, String parameter) {
        assertThatThrownBy(() -> at(provider, model, "," + member))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        refusal -> assertThat(refusal.parameter()).isEqualTo(parameter));
    }

    @Test
    void masksAndAddressesAreRefusedWhereNobodyTakesThem() {
        ServiceRequest url =
                Calls.json(
                        Endpoint.IMAGE_EDITS,
                        "{\"prompt\":\"a\",\"images\":[{\"image_url\":\"https://a.example/b\"}]}");
        assertThatThrownBy(() -> Calls.at(forms, Dialect.GEMINI, "gemini", url))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("takes no URL");
        assertThat(sent(Calls.at(forms, Dialect.XAI, "grok", url)).toString())
                .contains("{\"type\":\"image_url\",\"url\":\"https://a.example/b\"}");
        ServiceRequest masked =
                Calls.json(
                        Endpoint.IMAGE_EDITS,
                        "{\"prompt\":\"a\",\"mask\":{\"file_id\":\"f\"},\"images\":[{"
                                + "\"image_url\":\"data:image/png;base64,AA==\"}]}");
        assertThatThrownBy(() -> Calls.at(forms, Dialect.GEMINI, "gemini", masked))
                .hasMessageStartingWith("mask");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{}; prompt",
                "{\"prompt\":1}; prompt",
                "{\"prompt\":\"a\",\"n\":0}; n",
                "{\"prompt\":\"a\",\"n\":\"x\"}; n",
                "{\"prompt\":\"a\",\"size\":\"big\"}; size",
                "{\"prompt\":\"a\",\"size\":\"0x10\"}; size",
                "{\"prompt\":\"a\",\"size\":\"99999x1\"}; size",
                "{\"prompt\":\"a\",\"response_format\":\"x\"}; response_format",
                "{\"prompt\":\"a\",\"images\":[{}]}; images[0].image_url",
                "{\"prompt\":\"a\",\"images\":[{\"image_url\":\"data:x\"}]}; images[0].image_url",
                "{\"prompt\":\"a\",\"images\":[{\"file_id\":\"f\"}]}; images[0].file_id",
            })
    void badMembersAreNamed(String body, String path) {
        assertThatThrownBy(() -> forms.read(Calls.json(Endpoint.IMAGE_GENERATIONS, body)))
                .isInstanceOfSatisfying(
                        Unreadable.class, refusal -> assertThat(refusal.path()).isEqualTo(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{\"images\":[]}", "{\"candidates\":[]}", "<html>"})
    void anAnswerWithoutAnImageIsAFault(String body) {
        for (Dialect provider : List.of(Dialect.GEMINI, Dialect.STABILITY)) {
            assertThat(answer(at(provider, "x", ""), body).fault()).isPresent();
        }
        assertThat(answer(at(Dialect.BEDROCK, "amazon.nova-canvas-v1:0", ""), body).fault())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"candidates\":[{\"finishReason\":\"IMAGE_SAFETY\"}]}",
                "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"}}",
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"I can't.\"}]},"
                        + "\"finishReason\":\"STOP\"}]}"
            })
    void whatGeminiRefusesIsRefusedAsOpenAiRefuses(String body) {
        blocked(at(Dialect.GEMINI, "gemini", ""), body, "refused");
    }
}
