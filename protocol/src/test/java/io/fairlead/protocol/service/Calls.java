package io.fairlead.protocol.service;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.translate.Translation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Calls of services as clients make them, for tests. Stateless: any thread. */
public final class Calls {
    private static final byte[] SOUND = {'R', 'I', 'F', 'F', 0, 1, 2, 3, 'W', 'A', 'V', 'E', -1, 0};

    private Calls() {}

    /** Bytes that are no text. */
    public static byte[] sound() {
        return SOUND.clone();
    }

    /** A form with a file and these fields, name and value in turn. */
    public static ServiceRequest form(
            Endpoint endpoint, String file, byte[] bytes, String... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            out.writeBytes(
                    utf8(
                            "--b\r\nContent-Disposition: form-data; name=\""
                                    + fields[i]
                                    + "\"\r\n\r\n"
                                    + fields[i + 1]
                                    + "\r\n"));
        }
        out.writeBytes(
                utf8(
                        "--b\r\nContent-Disposition: form-data; name=\""
                                + file
                                + "\"; filename=\"a.wav\"\r\nContent-Type:"
                                + " application/octet-stream\r\n\r\n"));
        out.writeBytes(bytes);
        out.writeBytes(utf8("\r\n--b--\r\n"));
        return new ServiceRequest(
                endpoint,
                out.toByteArray(),
                Optional.of("multipart/form-data; boundary=b"),
                "m",
                Map.of());
    }

    public static ServiceRequest json(Endpoint endpoint, String body) {
        return new ServiceRequest(
                endpoint, utf8(body), Optional.of("application/json"), "m", Map.of());
    }

    /** The translation of a request to a provider of this dialect. */
    public static Translation at(ServiceForms forms, Dialect provider, ServiceRequest request) {
        return at(forms, provider, "model-x", request);
    }

    public static Translation at(
            ServiceForms forms, Dialect provider, String model, ServiceRequest request) {
        return forms.read(request)
                .at(
                        provider,
                        new ServiceTarget(
                                model,
                                Protocol.OPENAI_CHAT,
                                ModelFacts.unknown(model),
                                "abc123",
                                1_700_000_000));
    }

    public static String body(Translation translation) {
        return new String(translation.request().body(), StandardCharsets.ISO_8859_1);
    }

    /** The client's answer to this one of the provider. */
    public static String answer(Translation translation, String body) {
        return new String(
                translation.answer(Optional.of("application/json"), utf8(body)).bytes(),
                StandardCharsets.UTF_8);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
