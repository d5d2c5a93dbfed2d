package io.fairlead.gateway.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Endpoint;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KeptRoutesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v1/files                                | FILES           | ''           | GET, POST
                    /v1/files/file-1.openai                  | FILES           | /file-1.openai | GET, DELETE
                    /v1/files/file-1/content                 | FILES           | /file-1/content | GET
                    /v1/uploads                              | UPLOADS         | ''           | POST
                    /v1/uploads/u/parts                      | UPLOADS         | /u/parts     | POST
                    /v1/batches                              | BATCHES         | ''           | GET, POST
                    /v1/batches/b                            | BATCHES         | /b           | GET
                    /v1/batches/b/cancel                     | BATCHES         | /b/cancel    | POST
                    /anthropic/v1/files/f                    | ANTHROPIC_FILES | /f           | GET, DELETE
                    /v1/messages/batches                     | MESSAGE_BATCHES | ''           | GET, POST
                    /anthropic/v1/messages/batches/m/results | MESSAGE_BATCHES | /m/results   | GET
                    """)
    void leadToWhatIsKept(String path, Endpoint endpoint, String remainder, String methods) {
        assertThat(Routes.of(path)).isEqualTo(new Route.Data(endpoint, remainder, methods));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/files/",
                "/v1/filesystem",
                "/v1/files//content",
                "/v1/files/f/contents",
                "/v1/files/f/content/x",
                "/v1/uploads/u",
                "/v1/messages/batches/m/results/x"
            })
    void leadNowhereElse(String path) {
        assertThat(Routes.of(path)).isInstanceOf(Route.Unknown.class);
    }

    @Test
    void anthropicsClientsAreToldByTheirHeader() {
        Route files = Routes.of("/v1/files/f");
        assertThat(KeptRoutes.of(files, true))
                .isEqualTo(new Route.Data(Endpoint.ANTHROPIC_FILES, "/f", "GET, DELETE"));
        assertThat(KeptRoutes.of(files, false)).isSameAs(files);
        Route batches = Routes.of("/v1/batches");
        assertThat(KeptRoutes.of(batches, true)).isSameAs(batches);
    }
}
