package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.protocol.json.JsonCursor;

/**
 * Counts what a model is given to read: items, text, media. Knows chat messages, Responses items,
 * prompts and embedding inputs. Used once, by one thread.
 */
final class InputScan {
    private static final byte[] CONTENT = utf8("content");
    private static final byte[] OUTPUT = utf8("output");
    private static final byte[] PARTS = utf8("parts");
    private static final byte[] INLINE_DATA = utf8("inlineData");
    private static final byte[] INLINE_DATA_OTHERWISE = utf8("inline_data");
    private static final byte[] TYPE = utf8("type");
    private static final byte[] IMAGE_URL = utf8("image_url");
    private static final byte[] INPUT_IMAGE = utf8("input_image");
    private static final byte[] IMAGE = utf8("image");
    private static final byte[] INPUT_AUDIO = utf8("input_audio");
    private static final byte[] FILE = utf8("file");
    private static final byte[] INPUT_FILE = utf8("input_file");
    private static final byte[] VIDEO_URL = utf8("video_url");

    private final JsonCursor cursor;
    private int items;
    private long characters;
    private boolean hasImages;
    private boolean hasAudio;

    InputScan(JsonCursor cursor) {
        this.cursor = cursor;
    }

    int items() {
        return items;
    }

    long characters() {
        return Math.max(0, characters);
    }

    boolean hasImages() {
        return hasImages;
    }

    boolean hasAudio() {
        return hasAudio;
    }

    void addCharacters(long more) {
        characters += more;
    }

    /** Reads {@code input} or {@code prompt}: a string, or an array of strings, tokens or items. */
    void read() {
        switch (cursor.kind()) {
            case '"' -> {
                items++;
                readText();
            }
            case '[' -> readItems();
            default -> cursor.skipValue();
        }
    }

    void readText() {
        int from = cursor.position();
        cursor.skipValue();
        characters += cursor.position() - from - 2;
    }

    /** Reads an array of messages, items or strings. An array of numbers is one item: tokens. */
    void readItems() {
        int from = cursor.position();
        int before = items;
        boolean numbers = false;
        cursor.enterArray();
        while (cursor.nextElement()) {
            switch (cursor.kind()) {
                case '{' -> readItem();
                case '0' -> numbers = true;
                default -> {}
            }
            items++;
        }
        if (numbers) {
            items = before + 1;
        }
        characters += cursor.position() - from;
    }

    /** A message, an item, or a content part itself. */
    private void readItem() {
        int from = cursor.position();
        boolean media = false;
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(TYPE)) {
                media |= isMedia();
            } else if (cursor.kind() == '['
                    && (cursor.keyIs(CONTENT) || cursor.keyIs(OUTPUT) || cursor.keyIs(PARTS))) {
                readParts();
            } else if (cursor.kind() == '{' && cursor.keyIs(CONTENT)) {
                readPartsWithin();
            }
        }
        if (media) {
            characters -= cursor.position() - from;
        }
    }

    /** Reads an object with parts, as Gemini embeds them. */
    void readContent() {
        int from = cursor.position();
        items++;
        readPartsWithin();
        characters += cursor.position() - from;
    }

    private void readPartsWithin() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.kind() == '[' && cursor.keyIs(PARTS)) {
                readParts();
            }
        }
    }

    private void readParts() {
        cursor.enterArray();
        while (cursor.nextElement()) {
            if (cursor.kind() == '{') {
                int from = cursor.position();
                boolean media = false;
                cursor.enterObject();
                while (cursor.nextMember()) {
                    if (cursor.keyIs(TYPE)) {
                        media |= isMedia();
                    } else if (cursor.keyIs(INLINE_DATA) || cursor.keyIs(INLINE_DATA_OTHERWISE)) {
                        media = true;
                    }
                }
                if (media) {
                    characters -= cursor.position() - from;
                }
            }
        }
    }

    private boolean isMedia() {
        if (cursor.stringIs(IMAGE_URL) || cursor.stringIs(INPUT_IMAGE) || cursor.stringIs(IMAGE)) {
            hasImages = true;
            return true;
        }
        if (cursor.stringIs(INPUT_AUDIO)) {
            hasAudio = true;
            return true;
        }
        return cursor.stringIs(FILE) || cursor.stringIs(INPUT_FILE) || cursor.stringIs(VIDEO_URL);
    }
}
