package io.fairlead.protocol.responses.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.adapt.Unsupported;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class StatelessRequestTest {
    private static String of(String body) {
        return new String(
                StatelessRequest.of(body.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    @Test
    void onlyAStoreThatIsOnIsChanged() {
        assertThat(of("{ \"a\":[1], \"store\" : true,\"b\":2 }"))
                .isEqualTo("{ \"a\":[1], \"store\" : false,\"b\":2 }");
        for (String body :
                new String[] {
                    "{}",
                    "{\"store\":false}",
                    "{\"store\":null,\"background\":false,\"previous_response_id\":null,"
                            + "\"conversation\":null,\"metadata\":{\"store\":true}}"
                }) {
            assertThat(of(body)).isEqualTo(body);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "background|true",
                "previous_response_id|\"resp_1\"",
                "conversation|\"conv_1\"",
                "conversation|{\"id\":\"conv_1\"}"
            })
    void whatOnlyAKeeperCanDoIsRefused(String member, String value) {
        assertThatThrownBy(() -> of("{\"" + member + "\":" + value + "}"))
                .isInstanceOfSatisfying(
                        Unsupported.class,
                        unsupported -> assertThat(unsupported.parameter()).isEqualTo(member));
    }
}
