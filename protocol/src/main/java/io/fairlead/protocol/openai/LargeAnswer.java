package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.JsonText;
import io.fairlead.protocol.json.MalformedJson;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/**
 * Finds usage and model in an answer that is too large to hold: takes it chunk by chunk in bounded
 * memory, looking only at members of the outermost object. One per attempt; confined to one thread.
 */
public final class LargeAnswer {
    private static final byte[] USAGE = utf8("usage");
    private static final byte[] USAGE_METADATA = utf8("usageMetadata");
    private static final byte[] MODEL = utf8("model");
    private static final int MAX_KEPT = 16 * 1024;

    private long length;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean inName;
    private boolean keeping;
    private boolean tooLong;
    private byte[] kept = new byte[64];
    private int keptLength;
    private byte[] name = {};

    private final UsageScan usage = new UsageScan();
    private @Nullable String model;

    /** Takes the next bytes, in order. Never fails: what can't be read is not found. */
    public void feed(byte[] bytes, int from, int to) {
        length += to - from;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (inString) {
                inString(b);
            } else {
                outsideString(b);
            }
        }
    }

    private void inString(byte b) {
        if (escaped) {
            escaped = false;
        } else if (b == '\\') {
            escaped = true;
        } else if (b == '"') {
            inString = false;
            if (inName) {
                inName = false;
                name = Arrays.copyOf(kept, keptLength);
                keptLength = 0;
                return;
            }
        }
        if (inName || keeping) {
            keep(b);
        }
    }

    private void outsideString(byte b) {
        switch (b) {
            case '"' -> {
                inString = true;
                if (depth == 1 && !keeping && name.length == 0) {
                    inName = true;
                    keptLength = 0;
                    return;
                }
            }
            case '{', '[' -> depth++;
            case '}', ']' -> {
                depth--;
                if (depth == 0) {
                    endMember();
                }
            }
            case ',' -> {
                if (depth == 1) {
                    endMember();
                    return;
                }
            }
            case ':' -> {
                if (depth == 1 && name.length > 0 && !keeping) {
                    keeping = isWanted();
                    return;
                }
            }
            default -> {}
        }
        if (keeping) {
            keep(b);
        }
    }

    private boolean isWanted() {
        return Arrays.equals(name, USAGE)
                || Arrays.equals(name, USAGE_METADATA)
                || Arrays.equals(name, MODEL);
    }

    private void keep(byte b) {
        if (keptLength == MAX_KEPT) {
            tooLong = true;
            return;
        }
        if (keptLength == kept.length) {
            kept = Arrays.copyOf(kept, keptLength * 2);
        }
        kept[keptLength++] = b;
    }

    private void endMember() {
        if (keeping && !tooLong) {
            readKept();
        }
        keeping = false;
        tooLong = false;
        keptLength = 0;
        name = new byte[0];
    }

    private void readKept() {
        try {
            JsonCursor cursor = new JsonCursor(kept, 0, keptLength);
            if (!Arrays.equals(name, MODEL)) {
                usage.read(cursor);
            } else if (cursor.nonEmptyString()) {
                int from = cursor.position() + 1;
                cursor.skipValue();
                model = JsonText.decode(kept, from, cursor.position() - 1);
            }
        } catch (MalformedJson ignored) {
            // Only a look in passing: the bytes go on to the client as they are.
            keeping = false;
        }
    }

    /** Bytes taken so far. */
    public long length() {
        return length;
    }

    public Optional<Usage> usage() {
        return usage.usage();
    }

    public Optional<String> model() {
        return Optional.ofNullable(model);
    }
}
