package io.fairlead.protocol.service.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.translate.Translation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images as input, in the forms of the providers that embed them. */
class EmbedPicturesTest {
    private static final String DATA = "data:image/png;base64,iVBORw==";

    private static Asked asking(String input) {
        return Asked.openAi("{\"model\":\"x\",\"input\":" + input + "}");
    }

    private static void sent(Asked asked, Dialect provider, String model, String expected) {
        assertThat(asked.sent(provider, model)).isEqualTo(Json.parse(expected));
    }

    /** One image, as clients of several providers write it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"image\":\"" + DATA + "\"}",
                "{\"image\":\"iVBORw==\"}",
                "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + DATA + "\"}}",
                "{\"type\":\"image_url\",\"image_url\":\"" + DATA + "\"}",
                "{\"content\":[{\"type\":\"image_base64\",\"image_base64\":\"" + DATA + "\"}]}"
            })
    void anImageIsUnderstoodHoweverItIsWritten(String image) {
        Asked asked = asking("[" + image + "]");

        sent(
                asked,
                Dialect.COHERE,
                "embed-v4.0",
                """
                {"model":"embed-v4.0","input_type":"search_document","embedding_types":["float"],\
                "inputs":[{"content":[{"type":"image_url","image_url":{"url":"%s"}}]}]}\
                """
                        .formatted(DATA));
        sent(
                asked,
                Dialect.BEDROCK,
                "amazon.titan-embed-image-v1",
                "{\"inputImage\":\"iVBORw==\"}");
        sent(
                asked,
                Dialect.VOYAGE,
                "voyage-multimodal-3.5",
                """
                {"model":"voyage-multimodal-3.5","inputs":[{"content":[\
                {"type":"image_base64","image_base64":"%s"}]}]}\
                """
                        .formatted(DATA));
    }

    @Test
    void aTextAndAnImageMakeOneVector() {
        String image = "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + DATA + "\"}}";
        String text = "{\"type\":\"text\",\"text\":\"A cat\"}";
        Asked asked = asking("[{\"content\":[" + text + "," + image + "]},\"b\"]");

        assertThat(asked.sent(Dialect.COHERE, "embed-v4.0").get("inputs"))
                .contains(
                        Json.parse(
                                """
                                [{"content":[{"type":"text","text":"A cat"},{"type":"image_url",\
                                "image_url":{"url":"%s"}}]},{"content":[{"type":"text","text":"b"}]}]\
                                """
                                        .formatted(DATA)));
        assertThat(asked.sent(Dialect.BEDROCK, "cohere.embed-v4:0").toString())
                .contains("{\"type\":\"image_url\",\"image_url\":\"" + DATA + "\"}");
        Translation titan = asked.at(Dialect.BEDROCK, "amazon.titan-embed-image-v1");
        assertThat(titan.requests()).hasSize(2);
        assertThat(Json.parse(titan.requests().getFirst().body()))
                .isEqualTo(Json.parse("{\"inputImage\":\"iVBORw==\",\"inputText\":\"A cat\"}"));
    }

    @Test
    void theThirdGenerationOfCohereHasEachImageInACallOfItsOwn() {
        Translation translation =
                asking("[\"a\",{\"image\":\"" + DATA + "\"},\"b\"]")
                        .at(Dialect.COHERE, "embed-english-v3.0");

        assertThat(translation.requests().stream().map(it -> Json.parse(it.body())))
                .containsExactly(
                        Json.parse(
                                """
                                {"model":"embed-english-v3.0","input_type":"search_document",\
                                "embedding_types":["float"],"texts":["a"]}\
                                """),
                        Json.parse(
                                """
                                {"model":"embed-english-v3.0","input_type":"image",\
                                "embedding_types":["float"],"images":["%s"]}\
                                """
                                        .formatted(DATA)),
                        Json.parse(
                                """
                                {"model":"embed-english-v3.0","input_type":"search_document",\
                                "embedding_types":["float"],"texts":["b"]}\
                                """));
    }

    @Test
    void novaIsToldTheFormat() {
        assertThat(
                        asking("[{\"image\":\"" + DATA + "\"}]")
                                .sent(Dialect.BEDROCK, "amazon.nova-2-multimodal-embeddings-v1:0")
                                .get("singleEmbeddingParams")
                                .orElseThrow()
                                .get("image"))
                .contains(
                        Json.parse(
                                """
                                {"format":"png","detailLevel":"STANDARD_IMAGE",\
                                "source":{"bytes":"iVBORw=="}}\
                                """));
    }

    @Test
    void jinaIsToldItsOwnForm() {
        sent(
                asking(
                        "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://h/a.png\"}},"
                                + "{\"content\":[{\"type\":\"text\",\"text\":\"b\"}]}]"),
                Dialect.JINA,
                "jina-embeddings-v4",
                """
                {"model":"jina-embeddings-v4","input":[{"image":"https://h/a.png"},{"text":"b"}]}\
                """);
    }

    @Test
    void voyageTakesAddresses() {
        assertThat(
                        asking("[{\"image\":\"https://h/a.png\"}]")
                                .sent(Dialect.VOYAGE, "voyage-multimodal-3")
                                .toString())
                .contains("{\"type\":\"image_url\",\"image_url\":\"https://h/a.png\"}");
        assertThat(asking("\"a\"").at(Dialect.VOYAGE, "voyage-multimodal-3").request().path())
                .isEqualTo("/multimodalembeddings");
    }

    @Test
    void aClientOfGeminisMayHaveImagesToo() {
        Asked asked =
                new Asked(
                        Endpoint.EMBED_CONTENT,
                        """
                        {"content":{"parts":[{"inlineData":{"mimeType":"image/png",\
                        "data":"iVBORw=="}}]}}\
                        """);

        sent(
                asked,
                Dialect.BEDROCK,
                "amazon.titan-embed-image-v1",
                "{\"inputImage\":\"iVBORw==\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COHERE|embed-english-v3.0|[{\"text\":\"a\",\"image\":\"data:image/png;base64,AA==\"}]",
                "COHERE|embed-v4.0|[{\"sound\":\"x\"}]",
                "COHERE|embed-v4.0|[{\"content\":[]}]",
                "BEDROCK|amazon.titan-embed-text-v2:0|[{\"image\":\"data:image/png;base64,AA==\"}]",
                "BEDROCK|amazon.nova-2-multimodal-embeddings-v1:0|"
                        + "[{\"text\":\"a\",\"image\":\"data:image/png;base64,AA==\"}]",
                "VOYAGE|voyage-4|[{\"image\":\"data:image/png;base64,AA==\"}]",
                "MISTRAL|mistral-embed|[{\"image\":\"data:image/png;base64,AA==\"}]"
            })
    void whatAModelCanNotEmbedIsRefused(Dialect provider, String model, String input) {
        assertThatThrownBy(() -> asking(input).at(provider, model))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        unsupported -> assertThat(unsupported.parameter()).isEqualTo("input"));
    }
}
