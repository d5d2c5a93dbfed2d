package io.fairlead.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps {@code docs/reference/providers.md} the same as the catalogue. With {@code
 * -Dfairlead.write=true} it writes the page.
 */
final class ProvidersReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "providers.md");

    @Test
    void pageSaysWhatTheCatalogueHolds() throws IOException {
        String page = page(Catalogue.builtIn());
        if (Boolean.getBoolean("fairlead.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page(Catalogue catalogue) {
        String rows =
                catalogue.providers().stream()
                        .map(provider -> row(catalogue, provider))
                        .collect(Collectors.joining());
        return """
        # Providers

        Every provider that the built-in catalogue knows, made from it by `ProvidersReferenceTest`. The id is what
        stands before the slash of a model and under `providers:` in `fairlead.yaml`; a provider whose key is in the
        environment needs no configuration at all. `base_url` may have or lack its version segment. A provider that is
        not here is declared with `protocol` and `base_url`. Model ids that the catalogue does not know are sent as they
        are. A protocol that `fairlead.yaml` does not know belongs to a provider that holds no conversations: its services
        are in the last column.

        Where the first protocol is none of OpenAI's, clients of OpenAI use the provider's OpenAI-like address if the
        last column names `openai-chat`; `/passthrough/{provider}/*` reaches the provider's own API in any case.

        | id | name | protocol | base URL | key variables | offers | quirks | also speaks |
        | --- | --- | --- | --- | --- | --- | --- | --- |
        """
                + rows
                + """

                Facts of models.dev (MIT) and of the providers' documentation; see `NOTICE` beside the catalogue's files. Prices
                are USD and were read on 2026-07-02: set your own under `providers.*.models` or `pricing.models` where they moved.
                """;
    }

    private static String row(Catalogue catalogue, Provider provider) {
        return "| "
                + String.join(
                        " | ",
                        List.of(
                                code(provider.id()),
                                provider.name(),
                                provider.protocolName(),
                                provider.baseUrl().map(ProvidersReferenceTest::code).orElse(""),
                                provider.env().stream()
                                        .map(ProvidersReferenceTest::code)
                                        .collect(Collectors.joining(" ")),
                                String.valueOf(catalogue.shelf(provider.id()).offers().size()),
                                quirks(provider.quirks()),
                                further(provider)))
                + " |\n";
    }

    private static String further(Provider provider) {
        List<String> all = new ArrayList<>();
        provider.endpoints().keySet().stream()
                .filter(it -> !it.equals(provider.protocolName()))
                .sorted()
                .forEach(all::add);
        provider.services().entrySet().stream()
                .map(it -> it.getKey().wireName() + "=" + it.getValue().wireName())
                .sorted()
                .forEach(all::add);
        return String.join(" ", all);
    }

    private static String quirks(Quirks quirks) {
        StringBuilder text = new StringBuilder();
        text.append(quirks.owner() ? "owner: bytes pass; " : "");
        text.append(quirks.streamUsage() ? "" : "no `stream_options`; ");
        text.append(quirks.keepsResponses() ? "" : "responses kept here; ");
        text.append(pairs(quirks.rename()));
        text.append(pairs(quirks.roles()));
        text.append(pairs(quirks.finishReasons()));
        quirks.unsupported().stream()
                .sorted()
                .forEach(it -> text.append("no ").append(code(it)).append("; "));
        return text.toString().strip().replaceAll(";$", "");
    }

    private static String pairs(java.util.Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .map(pair -> code(pair.getKey()) + " → " + code(pair.getValue()) + "; ")
                .collect(Collectors.joining());
    }

    private static String code(String text) {
        return "`" + text + "`";
    }
}
