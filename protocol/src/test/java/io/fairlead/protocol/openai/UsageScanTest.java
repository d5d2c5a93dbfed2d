package io.fairlead.protocol.openai;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.JsonText;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageScanTest {
    /**
     * Columns: input, cached, cache write, audio and image input; output, reasoning, audio, image.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OpenAI chat |"
                    + " `{\"prompt_tokens\":110,\"completion_tokens\":19,\"total_tokens\":129,\"prompt_tokens_details\":{\"cached_tokens\":40,\"audio_tokens\":7},\"completion_tokens_details\":{\"reasoning_tokens\":9,\"audio_tokens\":3}}`"
                    + " | 110 40 0 7 0 19 9 3 0",
                "OpenAI responses |"
                    + " `{\"input_tokens\":45,\"input_tokens_details\":{\"cached_tokens\":5,\"cache_write_tokens\":6},\"output_tokens\":24,\"output_tokens_details\":{\"reasoning_tokens\":4},\"total_tokens\":69}`"
                    + " | 45 5 6 0 0 24 4 0 0",
                "OpenAI images |"
                    + " `{\"input_tokens\":10,\"input_tokens_details\":{\"image_tokens\":4,\"text_tokens\":6},\"output_tokens\":4160,\"output_tokens_details\":{\"image_tokens\":4160,\"text_tokens\":0},\"total_tokens\":4170}`"
                    + " | 10 0 0 0 4 4160 0 0 4160",
                "transcription |"
                    + " `{\"type\":\"tokens\",\"input_tokens\":34,\"input_token_details\":{\"text_tokens\":10,\"audio_tokens\":24},\"output_tokens\":11,\"total_tokens\":45}`"
                    + " | 34 0 0 24 0 11 0 0 0",
                "embeddings | `{\"prompt_tokens\":8,\"total_tokens\":8}` | 8 0 0 0 0 0 0 0 0",
                "Voyage | `{\"total_tokens\":12}` | 12 0 0 0 0 0 0 0 0",
                "xAI |"
                    + " `{\"prompt_tokens\":12,\"completion_tokens\":2,\"total_tokens\":354,\"prompt_tokens_details\":{\"cached_tokens\":11},\"completion_tokens_details\":{\"reasoning_tokens\":340}}`"
                    + " | 12 11 0 0 0 342 340 0 0",
                "Gemini | `{\"completion_tokens\":6,\"prompt_tokens\":66,\"total_tokens\":100}` |"
                        + " 66 0 0 0 0 34 28 0 0",
                "DeepSeek |"
                    + " `{\"prompt_tokens\":451,\"completion_tokens\":21,\"total_tokens\":472,\"prompt_cache_hit_tokens\":384,\"prompt_cache_miss_tokens\":67}`"
                    + " | 451 384 0 0 0 21 0 0 0",
                "Mistral audio |"
                    + " `{\"prompt_audio_seconds\":3,\"prompt_tokens\":5,\"total_tokens\":400,\"completion_tokens\":20,\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":375}}`"
                    + " | 380 0 0 375 0 20 0 0 0",
                "Anthropic |"
                    + " `{\"input_tokens\":10,\"cache_creation_input_tokens\":100,\"cache_read_input_tokens\":1000,\"output_tokens\":7}`"
                    + " | 1110 1000 100 0 0 7 0 0 0",
                "cache in the prompt |"
                    + " `{\"cache_read_input_tokens\":5,\"prompt_tokens\":10,\"completion_tokens\":7}`"
                    + " | 10 5 0 0 0 7 0 0 0",
                "nulls |"
                    + " `{\"prompt_tokens\":40,\"completion_tokens\":2,\"total_tokens\":42,\"prompt_tokens_details\":null,\"completion_tokens_details\":null}`"
                    + " | 40 0 0 0 0 2 0 0 0",
            })
    void readsEverySpelling(String name, String json, String expected) {
        UsageScan scan = scan(json);
        assertThat(
                        scan.usage()
                                .orElseThrow()
                                .toString()
                                .replace(", billedRequests=1", "")
                                .replaceAll("[^0-9,]", "")
                                .replace(",", " "))
                .as(name)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null",
                "{}",
                "{\"type\":\"duration\",\"seconds\":37}",
                "{\"cost_in_usd_ticks\":700000000}"
            })
    void findsNoUsageWhereNoTokensAreCounted(String json) {
        assertThat(scan(json).usage()).isEmpty();
    }

    @Test
    void takesTheLastOfSeveralReports() {
        UsageScan scan = scan("{\"prompt_tokens\":11,\"completion_tokens\":1,\"total_tokens\":12}");
        byte[] last =
                JsonText.utf8("{\"prompt_tokens\":11,\"completion_tokens\":9,\"total_tokens\":20}");
        scan.read(new JsonCursor(last, 0, last.length));
        assertThat(scan.usage().orElseThrow().outputTokens()).isEqualTo(9);
    }

    private static UsageScan scan(String json) {
        byte[] bytes = JsonText.utf8(json);
        UsageScan scan = new UsageScan();
        scan.read(new JsonCursor(bytes, 0, bytes.length));
        return scan;
    }
}
