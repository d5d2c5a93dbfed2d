package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.simulator.SimAnswer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** Forms with files: only the model's name is another one, every byte of a file stays. */
final class MultipartTest {
    private static final String BOUNDARY = "----fairlead--boundary";
    private static final long SEED = 20_261_122;

    /** Bytes of all kinds, with what looks like an end, and like a field, among them. */
    private static byte[] image(int bytes) {
        byte[] image = new byte[bytes];
        new Random(SEED).nextBytes(image);
        byte[] trap =
                ("\r\n------fairlead--boundar\r\ncontent-disposition: form-data;"
                                + " name=\"model\"\r\n\r\none/echo\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(trap, 0, image, bytes / 2, trap.length);
        return image;
    }

    private static byte[] form(String model, byte[] image, byte[] mask) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        field(out, "prompt", "a hat for the one/echo — über");
        file(out, "image[]", image);
        field(out, "model", model);
        file(out, "mask", mask);
        field(out, "n", "1");
        out.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    private static void field(ByteArrayOutputStream out, String name, String value)
            throws Exception {
        out.write(
                ("--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\""
                                + name
                                + "\"\r\n\r\n"
                                + value
                                + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static void file(ByteArrayOutputStream out, String name, byte[] bytes)
            throws Exception {
        out.write(
                ("--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\""
                                + name
                                + "\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        out.write(bytes);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static HttpResponse<String> send(Harness gateway, String path, byte[] body)
            throws Exception {
        return gateway.send(
                HttpRequest.newBuilder(gateway.uri(path))
                        .header("content-type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/images/edits", "/v1/images/variations"})
    void anImageReachesTheProviderByteByByte(String path) throws Exception {
        Harness.Options options = new Harness.Options();
        options.provider =
                _ -> SimAnswer.json(200, "{\"created\":1,\"data\":[{\"b64_json\":\"AAAA\"}]}");
        byte[] image = image(2_000_000);
        byte[] mask = image(1_000);
        try (Harness gateway = new Harness(options)) {
            HttpResponse<String> answer = send(gateway, path, form("one/gpt-image-1", image, mask));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"b64_json\":\"AAAA\"");
            var received = gateway.provider.traffic().newest().request();
            assertThat(received.path()).isEqualTo(path);
            assertThat(received.header("content-type"))
                    .contains("multipart/form-data; boundary=" + BOUNDARY);
            byte[] expected = form("gpt-image-1", image, mask);
            assertThat(Arrays.equals(received.body(), expected)).as("seed %d", SEED).isTrue();
            assertThat(received.header("content-length"))
                    .contains(Integer.toString(expected.length));
        }
    }

    @Test
    void aFormIsSentAnewToTheNextDeployment() throws Exception {
        Harness.Options options = new Harness.Options();
        options.provider = _ -> SimAnswer.json(500, "{\"error\":{\"message\":\"no\"}}");
        options.targets = java.util.List.of("one/gpt-image-1", "two/other-image-model");
        byte[] image = image(100_000);
        byte[] mask = image(1_000);
        try (Harness gateway = new Harness(options)) {
            send(gateway, "/v1/images/edits", form("both", image, mask));

            assertThat(gateway.provider.traffic().newest().request().body())
                    .isEqualTo(form("gpt-image-1", image, mask));
            assertThat(gateway.second.traffic().newest().request().body())
                    .isEqualTo(form("other-image-model", image, mask));
        }
    }
}
