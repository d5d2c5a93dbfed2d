package io.fairlead.protocol.codec;

import java.nio.charset.StandardCharsets;

/**
 * Names of models in paths. A name may be anything a client sent: it must not reach another
 * operation of the provider, add a query or climb out of its folder. Stateless: any thread.
 */
public final class Paths {
    private static final String HEX = "0123456789ABCDEF";
    private static final String PLAIN = "-._~@";

    private Paths() {}

    /** A name as one segment: slashes are encoded too. */
    public static String segment(String name) {
        return encoded(name, "");
    }

    /** A name that may have folders of its own ({@code tunedModels/x}); none of them climbs. */
    public static String segments(String name) {
        return encoded(name, "/");
    }

    private static String encoded(String name, String besides) {
        boolean climbs = ("/" + name + "/").contains("/../") || ("/" + name + "/").contains("/./");
        StringBuilder out = new StringBuilder(name.length() + 16);
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            boolean plain =
                    (b >= 'a' && b <= 'z')
                            || (b >= 'A' && b <= 'Z')
                            || (b >= '0' && b <= '9')
                            || (b > 0 && PLAIN.indexOf(b) >= 0)
                            || (b > 0 && besides.indexOf(b) >= 0);
            if (plain && !(climbs && (b == '.' || b == '/'))) {
                out.append((char) b);
            } else {
                out.append('%').append(HEX.charAt((b >> 4) & 15)).append(HEX.charAt(b & 15));
            }
        }
        return out.toString();
    }
}
