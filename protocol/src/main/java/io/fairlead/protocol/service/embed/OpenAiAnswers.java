package io.fairlead.protocol.service.embed;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads answers in OpenAI's form. Stateless: any thread. */
final class OpenAiAnswers {
    private OpenAiAnswers() {}

    /**
     * Reads an answer.
     *
     * @throws Unreadable if it holds no vectors
     */
    static EmbedAnswer read(Json body) {
        Fields fields = Fields.ofAnswer(body);
        List<Fields> data = fields.objects("data");
        if (!fields.whole().get("data").filter(Json::isArray).isPresent()) {
            throw new Unreadable("data", "is missing (expected: an array of vectors)");
        }
        Long[] places = new Long[data.size()];
        EmbedAnswer.Embedding[] read = new EmbedAnswer.Embedding[data.size()];
        for (int i = 0; i < read.length; i++) {
            Fields one = data.get(i);
            Vector vector = Vector.of(one.needJson("embedding"));
            places[i] = one.count("index").orElse((long) i);
            read[i] = new EmbedAnswer.Embedding(vector, one.rest(OpenAiEmbeddings.ORIGIN));
        }
        List<EmbedAnswer.Embedding> inOrder =
                IntStream.range(0, read.length)
                        .boxed()
                        .sorted(Comparator.comparing(i -> places[i]))
                        .map(i -> read[i])
                        .toList();
        return new EmbedAnswer(
                inOrder,
                tokens(fields),
                fields.text("model"),
                fields.rest(OpenAiEmbeddings.ORIGIN));
    }

    private static Optional<Long> tokens(Fields fields) {
        Optional<Fields> usage = fields.object("usage");
        Optional<Long> prompt = usage.flatMap(it -> it.count("prompt_tokens"));
        Optional<Long> total = usage.flatMap(it -> it.count("total_tokens"));
        return prompt.or(() -> total);
    }
}
