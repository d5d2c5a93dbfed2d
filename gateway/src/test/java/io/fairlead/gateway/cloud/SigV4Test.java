package io.fairlead.gateway.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Secret;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Signatures that AWS publishes in its test suite for signers, with its keys and its time. */
class SigV4Test {
    private static final Instant THEN = Instant.parse("2015-08-30T12:36:00Z");
    private static final SigV4 SERVICE = new SigV4("service");

    private static Grant.AwsKeys keys(Optional<String> session) {
        return new Grant.AwsKeys(
                Secret.of("AKIDEXAMPLE"),
                Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
                session.map(Secret::of),
                Optional.empty(),
                Instant.MAX);
    }

    private static Map<String, Secret> signed(
            String method, String target, Map<String, String> headers, String body) {
        byte[] bytes = ("?" + body).getBytes(StandardCharsets.UTF_8);
        return SERVICE.sign(
                new SigV4.Request(method, target, headers, bytes, 1, bytes.length - 1),
                keys(Optional.empty()),
                "us-east-1",
                THEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "GET / 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "GET /./ 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "GET /example1/example2/../.."
                        + " 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
                "GET '/example space/'"
                        + " 652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741",
                "GET /ሴ 8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85",
                "GET /?ሴ=bar 2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04",
                "GET /?Param2=value2&Param1=value1"
                        + " b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
                "GET /?Param-3=Value3&Param=Value2&%E1%88%B4=Value1"
                        + " 371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
                "POST / 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
            })
    void signsAsPublished(String method, String target, String signature) {
        Map<String, Secret> headers =
                signed(method, target, Map.of("host", "example.amazonaws.com"), "");

        assertThat(headers).containsOnlyKeys("x-amz-date", "authorization");
        assertThat(Objects.requireNonNull(headers.get("x-amz-date")).reveal())
                .isEqualTo("20150830T123600Z");
        assertThat(Objects.requireNonNull(headers.get("authorization")).reveal())
                .isEqualTo(
                        "AWS4-HMAC-SHA256"
                                + " Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                                + " SignedHeaders=host;x-amz-date, Signature="
                                + signature);
    }

    @Test
    void signsFurtherHeadersAndTheBody() {
        Map<String, Secret> headers =
                signed(
                        "POST",
                        "/",
                        Map.of(
                                "host",
                                "example.amazonaws.com",
                                "content-type",
                                "application/x-www-form-urlencoded",
                                "content-length",
                                "13",
                                "x-amz-content-sha256",
                                "9095672bbd1f56dfc5b65f3e153adc8731a4a654192329106275f4c7b24d0b6e"),
                        "Param1=value1");

        assertThat(Objects.requireNonNull(headers.get("authorization")).reveal())
                .endsWith(
                        " Signature="
                            + "d3875051da38690788ef43de4db0d8f280229d82040bfac253562e56c3f20e0b");
    }

    @Test
    void signsTheTokenOfATemporaryPair() {
        Map<String, Secret> headers =
                SERVICE.sign(
                        new SigV4.Request(
                                "GET",
                                "/",
                                Map.of("host", "example.amazonaws.com"),
                                new byte[0],
                                0,
                                0),
                        keys(
                                Optional.of(
                                        "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf"
                                                + "194267")),
                        "us-east-1",
                        THEN);

        assertThat(headers).containsKey("x-amz-security-token");
        assertThat(Objects.requireNonNull(headers.get("authorization")).reveal())
                .endsWith(
                        " Signature="
                            + "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8");
    }

    @Test
    void encodesAPathThatIsEncodedOnceMore() {
        Map<String, String> host = Map.of("host", "example.amazonaws.com");

        assertThat(signed("POST", "/model/a%3A0/converse", host, "{}"))
                .isNotEqualTo(signed("POST", "/model/a:0/converse", host, "{}"));
    }
}
