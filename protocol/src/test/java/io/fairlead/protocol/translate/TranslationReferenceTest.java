package io.fairlead.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.adapt.Differences;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.Treatment;
import io.fairlead.protocol.codec.ChatProtocol;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps {@code docs/reference/translation.md} the same as the tables of differences. With {@code
 * -Dfairlead.write=true} it writes the page.
 */
final class TranslationReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "reference", "translation.md");

    @Test
    void pageSaysWhatTheTablesHold() throws IOException {
        String page = page();
        if (Boolean.getBoolean("fairlead.write")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        StringBuilder page =
                new StringBuilder(
                        """
                        # Translation

                        What becomes of a request whose client speaks another protocol than its provider; made by
                        `TranslationReferenceTest` from the tables that the gateway itself goes by. Whatever protocol a client
                        speaks, its request is read into one model, and the provider's protocol says what becomes of each
                        feature the request uses:

                        - **native**: the provider's protocol has words of its own for it.
                        - **emulated**: other words stand for it, with the same meaning; where the answer shows it, that is undone.
                        - **dropped**: left out, which does not change what the answer means; `x-fairlead-dropped` names the parameter.
                        - **refused**: without it the answer would mean something else, so the request fails with 400 and the
                          parameter's name, or goes to another deployment.

                        What stands here as emulated or dropped concerns only what the provider's protocol can't say: a temperature
                        within its range, or its own tools and opaque state, stay as they are.

                        What the model itself is known not to do is left out as well, whatever the protocol: thinking where it can't
                        think, and a temperature or `top_p` other than 1 where a thinking model refuses them. Effort and budget
                        of thinking become each other in OpenRouter's published ratios (`xhigh` 95 % of the output tokens, `high` 80 %,
                        `medium` 50 %, `low` 20 %, `minimal` 10 %), in the words and the range that the model takes; who takes what is
                        in the [catalogue](providers.md): its `reasoning` facts, and `thinking.tsv` with a source for each row.

                        What client and provider say in the same protocol passes as it is, whatever stands below. What a client's
                        protocol has no words for, its clients can't ask for.

                        ## Overview

                        `+` native, `~` emulated, `-` dropped, `x` refused.

                        """);
        List<ChatProtocol> all = Protocols.all();
        page.append("| feature |");
        all.forEach(protocol -> page.append(' ').append(name(protocol)).append(" |"));
        page.append("\n| --- |").append(" --- |".repeat(all.size())).append('\n');
        for (Feature feature : Feature.values()) {
            page.append("| ").append(feature.words()).append(" |");
            all.forEach(protocol ->
                    page.append(' ').append(sign(protocol.differences().of(feature))).append(" |"));
            page.append('\n');
        }
        for (ChatProtocol protocol : all) {
            page.append("\n## To ").append(name(protocol)).append(" providers\n\n");
            provider(protocol.differences(), page);
        }
        return page.toString();
    }

    private static void provider(Differences differences, StringBuilder page) {
        List<String> natives = new ArrayList<>();
        page.append("| feature | parameter | | how, or why |\n| --- | --- | --- | --- |\n");
        for (Feature feature : Feature.values()) {
            Treatment treatment = differences.of(feature);
            if (treatment instanceof Treatment.Native) {
                natives.add(feature.words());
                continue;
            }
            page.append("| ")
                    .append(feature.words())
                    .append(" | `")
                    .append(feature.parameter())
                    .append("` | ")
                    .append(treatment.name())
                    .append(" | ")
                    .append(treatment.note().replace("|", "\\|"))
                    .append(" |\n");
        }
        page.append("\nNative: ").append(String.join("; ", natives)).append(".\n");
    }

    private static String name(ChatProtocol protocol) {
        Protocol name = protocol.protocol();
        return "`" + name.wireName() + "`";
    }

    private static String sign(Treatment treatment) {
        return switch (treatment) {
            case Treatment.Native ignored -> "+";
            case Treatment.Emulated ignored -> "~";
            case Treatment.Dropped ignored -> "-";
            case Treatment.Refused ignored -> "x";
        };
    }
}
