package io.fairlead.gateway.pipeline;

import io.fairlead.kernel.ErrorCode;
import io.fairlead.kernel.GatewayError;
import io.fairlead.kernel.GatewayException;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client writes on its request for its own accounting: tags in {@code x-fairlead-tags}, and
 * metadata as a JSON object in {@code x-fairlead-metadata} (or Portkey's {@code
 * x-portkey-metadata}), all bounded. Immutable.
 *
 * @param tags tags, without those of the key
 * @param metadata metadata, without that of the key
 */
record Annotations(List<String> tags, Map<String, String> metadata) {
    static final Annotations NONE = new Annotations(List.of(), Map.of());
    private static final int MOST_TAGS = 16;
    private static final int MOST_ENTRIES = 16;
    private static final int MOST_NAME = 64;
    private static final int MOST_VALUE = 512;
    private static final int MOST_HEADER = 8 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    Annotations {
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /**
     * Reads the headers.
     *
     * @throws GatewayException {@code invalid_request} for metadata that is no JSON object
     */
    static Annotations of(ClientRequest request) {
        String tags = request.header("x-fairlead-tags");
        String header = "x-fairlead-metadata";
        String metadata = request.header(header);
        if (metadata == null) {
            header = "x-portkey-metadata";
            metadata = request.header(header);
        }
        if (tags == null && metadata == null) {
            return NONE;
        }
        return new Annotations(
                tags == null ? List.of() : tagsOf(tags),
                metadata == null ? Map.of() : metadataOf(header, metadata));
    }

    private static List<String> tagsOf(String header) {
        List<String> tags = new ArrayList<>();
        for (String tag : header.split(",", MOST_TAGS * 2)) {
            String name = shortened(tag.strip(), MOST_NAME);
            if (!name.isEmpty() && tags.size() < MOST_TAGS && !tags.contains(name)) {
                tags.add(name);
            }
        }
        return tags;
    }

    private static Map<String, String> metadataOf(String header, String json) {
        if (json.length() > MOST_HEADER) {
            throw refused(header);
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw refused(header);
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = shortened(parser.currentName(), MOST_NAME);
                @Nullable String value = scalar(parser);
                if (value != null && metadata.size() < MOST_ENTRIES) {
                    metadata.put(name, shortened(value, MOST_VALUE));
                }
            }
        } catch (JacksonException e) {
            throw refused(header);
        }
        return metadata;
    }

    private static @Nullable String scalar(JsonParser parser) {
        JsonToken token = parser.nextToken();
        if (token == null || token.isStructStart()) {
            parser.skipChildren();
            return null;
        }
        return token.isScalarValue() && token != JsonToken.VALUE_NULL ? parser.getString() : null;
    }

    private static GatewayException refused(String header) {
        return new GatewayException(
                GatewayError.of(
                                ErrorCode.INVALID_REQUEST,
                                header + " is not usable (expected: a JSON object of strings).")
                        .withParam(header));
    }

    private static String shortened(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }
}
