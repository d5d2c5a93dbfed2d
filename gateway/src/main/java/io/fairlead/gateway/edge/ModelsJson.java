package io.fairlead.gateway.edge;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

import java.io.ByteArrayOutputStream;
import java.util.List;

/** The list of models in OpenAI's form. Stateless. */
final class ModelsJson {
    private static final JsonFactory JSON = new JsonFactory();

    private ModelsJson() {}

    static byte[] list(List<ModelList.Model> models) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(models.size() * 96 + 64);
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            json.writeStringProperty("object", "list");
            json.writeArrayPropertyStart("data");
            for (ModelList.Model model : models) {
                write(json, model);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    static byte[] one(ModelList.Model model) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(128);
        try (JsonGenerator json = generator(out)) {
            write(json, model);
        }
        return out.toByteArray();
    }

    private static JsonGenerator generator(ByteArrayOutputStream out) {
        return JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), out);
    }

    private static void write(JsonGenerator json, ModelList.Model model) {
        json.writeStartObject();
        json.writeStringProperty("id", model.id());
        json.writeStringProperty("object", "model");
        json.writeNumberProperty("created", model.created().getEpochSecond());
        json.writeStringProperty("owned_by", model.ownedBy());
        json.writeEndObject();
    }
}
