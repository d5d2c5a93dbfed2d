package io.fairlead.simulator.openai;

import io.fairlead.simulator.SimAnswer;

import tools.jackson.databind.JsonNode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** {@code POST /v1/embeddings}: unit vectors, the same for the same text. Stateless. */
final class Embeddings {
    private static final int USUAL_DIMENSIONS = 1_536;
    private static final int MAX_DIMENSIONS = 8_192;

    private Embeddings() {}

    static SimAnswer answer(Call call) {
        List<JsonNode> inputs = inputs(call.json().path("input"));
        int dimensions =
                Math.clamp(
                        call.json().path("dimensions").asInt(USUAL_DIMENSIONS), 1, MAX_DIMENSIONS);
        boolean base64 = call.json().path("encoding_format").asString("").equals("base64");
        StringJoiner data = new StringJoiner(",");
        int tokens = 0;
        for (int i = 0; i < inputs.size(); i++) {
            JsonNode input = inputs.get(i);
            tokens += input.isArray() ? input.size() : SimTokens.count(input.asString(""));
            float[] vector = vector(input.toString(), dimensions);
            data.add(
                    "{\"object\":\"embedding\",\"index\":"
                            + i
                            + ",\"embedding\":"
                            + (base64 ? base64(vector) : numbers(vector))
                            + "}");
        }
        return SimAnswer.json(
                        200,
                        "{\"object\":\"list\",\"data\":["
                                + data
                                + "],\"model\":"
                                + Json.quote(call.modelName())
                                + ",\"usage\":{\"prompt_tokens\":"
                                + tokens
                                + ",\"total_tokens\":"
                                + tokens
                                + "}}")
                .after(call.untilComplete(0));
    }

    /** One text, one list of token numbers, or a list of either. */
    private static List<JsonNode> inputs(JsonNode input) {
        if (!input.isArray() || input.path(0).isNumber()) {
            return List.of(input);
        }
        List<JsonNode> inputs = new ArrayList<>();
        input.forEach(inputs::add);
        return inputs;
    }

    private static float[] vector(String input, int dimensions) {
        RandomGenerator random =
                RandomGeneratorFactory.of("L64X128MixRandom").create(input.hashCode());
        float[] vector = new float[dimensions];
        double square = 0;
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
            square += vector[i] * vector[i];
        }
        float length = (float) Math.sqrt(square);
        for (int i = 0; i < dimensions; i++) {
            vector[i] /= length;
        }
        return vector;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : vector) {
            bytes.putFloat(number);
        }
        return "\"" + Base64.getEncoder().encodeToString(bytes.array()) + "\"";
    }

    private static String numbers(float[] vector) {
        StringBuilder list = new StringBuilder("[");
        for (float number : vector) {
            list.append(list.length() == 1 ? "" : ",").append(number);
        }
        return list.append(']').toString();
    }
}
