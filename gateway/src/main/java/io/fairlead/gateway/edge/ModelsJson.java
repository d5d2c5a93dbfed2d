package io.fairlead.gateway.edge;

import io.fairlead.protocol.error.ErrorShapes.Shape;
import io.fairlead.protocol.json.JsonArray;
import io.fairlead.protocol.json.JsonObject;

import java.util.List;

/** The list of models in the form of each protocol. Stateless. */
enum ModelsJson {
    /** OpenAI's {@code GET /v1/models}. */
    OPENAI {
        @Override
        byte[] list(List<ModelList.Model> models) {
            return new JsonObject().put("object", "list").put("data", all(models)).toBytes();
        }

        @Override
        JsonObject of(ModelList.Model model) {
            return new JsonObject()
                    .put("id", model.id())
                    .put("object", "model")
                    .put("created", model.created().getEpochSecond())
                    .put("owned_by", model.ownedBy());
        }
    },
    /** Anthropic's {@code GET /v1/models}, on one page. */
    ANTHROPIC {
        @Override
        byte[] list(List<ModelList.Model> models) {
            JsonObject list = new JsonObject().put("data", all(models)).put("has_more", false);
            if (models.isEmpty()) {
                return list.putNull("first_id").putNull("last_id").toBytes();
            }
            return list.put("first_id", models.getFirst().id())
                    .put("last_id", models.getLast().id())
                    .toBytes();
        }

        @Override
        JsonObject of(ModelList.Model model) {
            return new JsonObject()
                    .put("type", "model")
                    .put("id", model.id())
                    .put("display_name", model.id())
                    .put("created_at", model.created().toString());
        }
    },
    /** Gemini's {@code GET /v1beta/models}, on one page. */
    GEMINI {
        @Override
        byte[] list(List<ModelList.Model> models) {
            return new JsonObject().put("models", all(models)).toBytes();
        }

        @Override
        JsonObject of(ModelList.Model model) {
            return new JsonObject()
                    .put("name", "models/" + model.id())
                    .put("displayName", model.id())
                    .put(
                            "supportedGenerationMethods",
                            JsonArray.ofTexts(List.of("generateContent", "streamGenerateContent")));
        }
    };

    static ModelsJson of(Shape shape) {
        return switch (shape) {
            case OPENAI -> OPENAI;
            case ANTHROPIC -> ANTHROPIC;
            case GEMINI -> GEMINI;
        };
    }

    /** Those that are given, in their order. */
    abstract byte[] list(List<ModelList.Model> models);

    abstract JsonObject of(ModelList.Model model);

    byte[] one(ModelList.Model model) {
        return of(model).toBytes();
    }

    JsonArray all(List<ModelList.Model> models) {
        JsonArray all = new JsonArray();
        models.forEach(model -> all.add(of(model)));
        return all;
    }
}
