package io.fairlead.gateway.cloud;

import io.fairlead.kernel.Secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to AWS (Signature Version 4, in headers, of the whole body). Stateless.
 *
 * @param service name of the service: {@code bedrock}
 */
public record SigV4(String service) {
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DAY = 8;
    private static final char NAME_END = 0;

    /**
     * One request as it will be sent.
     *
     * @param target path and query, percent-encoded as they are sent
     * @param headers those to sign besides ours, names in lower case: {@code host}, {@code
     *     content-type}, {@code x-amz-…}
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way out: never compared
    public record Request(
            String method,
            String target,
            Map<String, String> headers,
            byte[] body,
            int from,
            int length) {}

    /** Headers to add to the request; all of them are to be kept from others. */
    public Map<String, Secret> sign(
            Request request, Grant.AwsKeys keys, String region, Instant now) {
        String time = TIME.format(now);
        Map<String, Secret> added = new LinkedHashMap<>();
        added.put("x-amz-date", Secret.of(time));
        keys.sessionToken().ifPresent(token -> added.put("x-amz-security-token", token));
        SortedMap<String, String> signed = new TreeMap<>(request.headers());
        added.forEach((name, value) -> signed.put(name, value.reveal()));
        String names = String.join(";", signed.keySet());
        String scope = time.substring(0, DAY) + "/" + region + "/" + service + "/aws4_request";
        String toSign =
                ALGORITHM
                        + "\n"
                        + time
                        + "\n"
                        + scope
                        + "\n"
                        + sha256(
                                canonical(request, signed, names).getBytes(StandardCharsets.UTF_8));
        byte[] key = ("AWS4" + keys.secretAccessKey().reveal()).getBytes(StandardCharsets.UTF_8);
        for (String part : scope.split("/", -1)) {
            key = hmac(key, part);
        }
        added.put(
                "authorization",
                Secret.of(
                        ALGORITHM
                                + " Credential="
                                + keys.accessKeyId().reveal()
                                + "/"
                                + scope
                                + ", SignedHeaders="
                                + names
                                + ", Signature="
                                + HexFormat.of().formatHex(hmac(key, toSign))));
        return added;
    }

    private static String canonical(
            Request request, SortedMap<String, String> signed, String names) {
        int question = request.target().indexOf('?');
        String path = question < 0 ? request.target() : request.target().substring(0, question);
        String query = question < 0 ? "" : request.target().substring(question + 1);
        StringBuilder text = new StringBuilder(512);
        text.append(request.method()).append('\n');
        text.append(encoded(normal(path))).append('\n');
        text.append(sorted(query)).append('\n');
        signed.forEach((name, value) ->
                text.append(name).append(':').append(oneBlank(value)).append('\n'));
        text.append('\n').append(names).append('\n');
        return text.append(sha256(request.body(), request.from(), request.length())).toString();
    }

    /** Without empty segments and dots, as all services but S3 see it. */
    private static String normal(String path) {
        Deque<String> kept = new ArrayDeque<>();
        String[] segments = path.split("/", -1);
        for (String segment : segments) {
            if (segment.equals("..")) {
                kept.pollLast();
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                kept.addLast(segment);
            }
        }
        boolean folder = kept.isEmpty() || segments[segments.length - 1].isEmpty();
        return kept.isEmpty() ? "/" : "/" + String.join("/", kept) + (folder ? "/" : "");
    }

    /** What is encoded already is encoded once more: that is what these services expect. */
    private static String encoded(String path) {
        StringBuilder out = new StringBuilder(path.length() + 16);
        for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            if (c == '/' || unreserved(c)) {
                out.append(c);
            } else {
                percent(out, each);
            }
        }
        return out.toString();
    }

    /** Parameters in order; their encoding stays as it is sent, made strict where it is not. */
    private static String sorted(String query) {
        if (query.isEmpty()) {
            return "";
        }
        String[] parameters = query.split("&", -1);
        for (int i = 0; i < parameters.length; i++) {
            int equals = parameters[i].indexOf('=');
            String name = equals < 0 ? parameters[i] : parameters[i].substring(0, equals);
            String value = equals < 0 ? "" : parameters[i].substring(equals + 1);
            parameters[i] = strict(name) + NAME_END + strict(value);
        }
        Arrays.sort(parameters); // a name goes before the longer ones that begin with it
        return String.join("&", parameters).replace(NAME_END, '=');
    }

    private static String strict(String part) {
        StringBuilder out = new StringBuilder(part.length() + 16);
        for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            if (c == '%' || unreserved(c)) {
                out.append(c);
            } else {
                percent(out, each);
            }
        }
        return out.toString();
    }

    private static boolean unreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '~';
    }

    private static void percent(StringBuilder out, byte each) {
        out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(each));
    }

    private static String oneBlank(String value) {
        return value.strip().replaceAll(" +", " ");
    }

    private static String sha256(byte[] bytes) {
        return sha256(bytes, 0, bytes.length);
    }

    private static String sha256(byte[] bytes, int from, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, from, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is in every JDK", e);
        }
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is in every JDK", e);
        }
    }
}
