package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The form of OpenAI and of those who took it over and call some of it otherwise. What a client of
 * OpenAI's says besides passes: they may know it. Immutable.
 *
 * @param dimensions what they call it
 * @param purpose what they call it; empty: they have none
 * @param purposes their words for those they have
 * @param truncation what they call it; empty: it can't be said
 * @param most inputs in one call
 * @param mostCharacters in one call
 */
record OpenAiLikeForm(
        String dimensions,
        String purpose,
        Map<Purpose, String> purposes,
        Optional<String> truncation,
        Encoding encoding,
        Taken taken,
        int most,
        int mostCharacters)
        implements ProviderForm {
    private static final Map<Purpose, String> NO_PURPOSES = Map.of();

    static final OpenAiLikeForm OPENAI =
            new OpenAiLikeForm(
                    "dimensions",
                    "",
                    NO_PURPOSES,
                    Optional.empty(),
                    Encoding.OPENAI,
                    Taken.TOKENS,
                    ALL,
                    ALL);

    static final OpenAiLikeForm MISTRAL =
            new OpenAiLikeForm(
                    "output_dimension",
                    "",
                    NO_PURPOSES,
                    Optional.empty(),
                    Encoding.OPENAI,
                    Taken.TEXT,
                    ALL,
                    ALL);

    static final OpenAiLikeForm VOYAGE =
            new OpenAiLikeForm(
                    "output_dimension",
                    "input_type",
                    Map.of(
                            Purpose.QUERY, "query",
                            Purpose.QUESTION, "query",
                            Purpose.FACT, "query",
                            Purpose.CODE_QUERY, "query",
                            Purpose.DOCUMENT, "document"),
                    Optional.of("truncation"),
                    Encoding.VOYAGE,
                    Taken.TEXT,
                    1000,
                    120_000);

    static final OpenAiLikeForm JINA =
            new OpenAiLikeForm(
                    "dimensions",
                    "task",
                    Map.of(
                            Purpose.QUERY, "retrieval.query",
                            Purpose.QUESTION, "retrieval.query",
                            Purpose.FACT, "retrieval.query",
                            Purpose.CODE_QUERY, "retrieval.query",
                            Purpose.DOCUMENT, "retrieval.passage",
                            Purpose.SIMILARITY, "text-matching",
                            Purpose.CLASSIFICATION, "classification",
                            Purpose.CLUSTERING, "separation"),
                    Optional.of("truncate"),
                    Encoding.JINA,
                    Taken.ITEMS,
                    ALL,
                    ALL);

    /** How they are told that vectors shall come packed. */
    enum Encoding {
        OPENAI,
        /** Numbers are what comes if nothing is said. */
        VOYAGE,
        JINA
    }

    /** What they take besides texts. */
    enum Taken {
        TEXT,
        TOKENS,
        ITEMS
    }

    @Override
    public int most(String model) {
        return most;
    }

    @Override
    public int mostCharacters(String model) {
        return mostCharacters;
    }

    @Override
    public ProviderRequest write(EmbedCall call) {
        JsonObject body = new JsonObject().put("model", call.model());
        input(call, body);
        Settings settings = call.settings();
        body.put(dimensions, settings.dimensions());
        Optional<String> word = settings.purpose().map(purposes::get);
        if (word.isEmpty()) {
            call.dropPurpose();
        }
        body.put(purpose, word);
        call.dropTitle();
        if (truncation.isPresent()) {
            body.put(truncation.get(), call.truncates());
        } else {
            call.dropTruncation();
        }
        Map<String, Json> besides = new LinkedHashMap<>(call.beside().of(OpenAiEmbeddings.ORIGIN));
        if (taken != Taken.TOKENS && besides.remove("user") != null) {
            call.drop("user");
        }
        encode(call, body, besides);
        body.merge(besides);
        return ProviderRequest.of("/embeddings", body);
    }

    private void input(EmbedCall call, JsonObject body) {
        List<EmbedInput> inputs = call.inputs();
        if (call.single()) {
            body.put("input", value(call, inputs.getFirst().content()));
            return;
        }
        JsonArray all = body.array("input");
        for (EmbedInput input : inputs) {
            all.add(value(call, input.content()));
        }
    }

    private Json value(EmbedCall call, Content content) {
        return switch (content) {
            case Content.Text text -> Json.of(text.words());
            case Content.Tokens tokens when taken == Taken.TOKENS -> tokens.numbers();
            case Content.Item item when taken == Taken.ITEMS && isItem(item.object()) ->
                    item.object();
            case Content.Item _ when taken == Taken.ITEMS -> item(call, content);
            case Content.Parts _ when taken == Taken.ITEMS -> item(call, content);
            case Content.Tokens _, Content.Item _, Content.Parts _ -> Json.of(call.text(content));
        };
    }

    /** Whether it is written as Jina does, and not as others. */
    private static boolean isItem(Json object) {
        return object.get("content").isEmpty() && object.get("type").isEmpty();
    }

    /** A text or an image, as Jina writes them. */
    private static Json item(EmbedCall call, Content content) {
        List<Pieces.Piece> pieces =
                Pieces.of(content)
                        .orElseThrow(() -> call.unable("this provider embeds texts and images"))
                        .all();
        if (pieces.size() != 1) {
            throw call.unable("this provider makes a vector of one text or one image");
        }
        JsonObject item = new JsonObject();
        switch (pieces.getFirst()) {
            case Pieces.Piece.Words words -> item.put("text", words.text());
            case Pieces.Piece.Image image ->
                    // bare base64 is how it takes what is no address
                    item.put("image", image.isRemote() ? image.url() : image.base64());
        }
        return item.toJson();
    }

    private void encode(EmbedCall call, JsonObject body, Map<String, Json> besides) {
        Optional<Boolean> base64 = call.base64();
        switch (encoding) {
            case OPENAI -> body.put("encoding_format", base64.map(it -> it ? "base64" : "float"));
            case VOYAGE -> {
                // packed integers are no floats
                boolean floats =
                        !besides.containsKey("output_dtype")
                                || besides.get("output_dtype").isNull()
                                || besides.get("output_dtype").is("float");
                if (base64.orElse(false) && floats) {
                    body.put("encoding_format", "base64");
                }
            }
            case JINA -> {
                if (base64.orElse(false) && !besides.containsKey("embedding_type")) {
                    body.put("embedding_type", "base64");
                }
            }
        }
    }

    @Override
    public EmbedAnswer read(Json body) {
        return OpenAiAnswers.read(body);
    }
}
