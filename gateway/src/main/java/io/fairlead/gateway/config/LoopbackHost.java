package io.fairlead.gateway.config;

import java.util.Locale;

/** Tells the names of this machine's loopback interface, without asking DNS. Stateless. */
public final class LoopbackHost {
    private LoopbackHost() {}

    /**
     * Whether {@code host} (no port; an IPv6 address with or without brackets) is {@code
     * localhost}, a name under it, {@code 127.0.0.0/8} or {@code ::1}.
     */
    public static boolean isLoopback(String host) {
        String name = host;
        if (name.startsWith("[") && name.endsWith("]")) {
            name = name.substring(1, name.length() - 1);
        }
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        name = name.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || name.equals("::1")
                || name.equals("0:0:0:0:0:0:0:1")
                || isLoopbackV4(name);
    }

    private static boolean isLoopbackV4(String name) {
        int octets = 0;
        int value = -1;
        for (int i = 0; i <= name.length(); i++) {
            if (i == name.length() || name.charAt(i) == '.') {
                if (value < 0 || value > 255 || (octets == 0 && value != 127)) {
                    return false;
                }
                octets++;
                value = -1;
            } else {
                char c = name.charAt(i);
                if (c < '0' || c > '9' || value == 0 || value > 255) {
                    return false;
                }
                value = (value < 0 ? 0 : value * 10) + (c - '0');
            }
        }
        return octets == 4;
    }
}
