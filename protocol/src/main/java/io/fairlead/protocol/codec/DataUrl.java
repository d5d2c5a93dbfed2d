package io.fairlead.protocol.codec;

import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.Media.Source;

import java.util.Optional;

/**
 * Addresses that are the content itself: {@code data:image/png;base64,…} (RFC 2397). The content is
 * not read for it. Stateless: any thread.
 */
public final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64,";

    /** The type stands near the beginning: looking further would cost as much as the image. */
    private static final int BEGINNING = 128;

    private DataUrl() {}

    /** The bytes of a data URL; else the address. */
    public static Source read(JsonString url) {
        String begin = url.beginning(BEGINNING);
        if (begin.startsWith(SCHEME)) {
            JsonString whole = url;
            if (begin.indexOf(',') < 0) {
                begin = url.text();
                whole = JsonString.of(begin);
            }
            int comma = begin.indexOf(',');
            int mark = comma - BASE64.length() + 1;
            if (mark >= SCHEME.length() && begin.startsWith(BASE64, mark)) {
                String type = begin.substring(SCHEME.length(), mark);
                return new Source.Inline(type, whole.after(comma + 1));
            }
        }
        return new Source.Url(url.text(), Optional.empty());
    }

    public static JsonString of(Source.Inline inline) {
        return inline.data().behind(SCHEME + inline.mediaType() + BASE64);
    }
}
