package io.fairlead.protocol.service.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CancellationException;

class EstimateTest {
    @Test
    void textIsCutAsOpenAiCutsIt() {
        assertThat(Tokenizer.O200K_BASE.count("hello world", () -> false)).isEqualTo(2);
        assertThat(Tokenizer.CL100K_BASE.count("tiktoken is great!", () -> false)).isEqualTo(6);
        // no word of the model's own format, but text that looks like one
        assertThat(Tokenizer.O200K_BASE.count("<|endoftext|>", () -> false)).isGreaterThan(1);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt-4o,o200k_base",
        "openai/gpt-5,o200k_base",
        "gpt-4.1-mini,o200k_base",
        "gpt-4,cl100k_base",
        "gpt-4-turbo,cl100k_base",
        "gpt-3.5-turbo,cl100k_base",
        "claude-sonnet-4-5,o200k_base"
    })
    void theVocabularyFollowsTheModel(String model, String name) {
        assertThat(Tokenizer.of(model).wireName()).isEqualTo(name);
    }

    @Test
    void longTextIsCountedInPieces() {
        String text = "The quick brown fox jumps over the lazy dog. ".repeat(2_000);
        long whole = 10 * 2_000;
        assertThat(Tokenizer.O200K_BASE.count(text, () -> false))
                .isCloseTo(whole, within(whole / 50));
    }

    @Test
    void theEndOfWhatNoModelReadsIsTakenToBeLikeItsBeginning() {
        String text = "The quick brown fox jumps over the lazy dog. ".repeat(20_000);
        ChatRequest small = ChatRequest.of("m", Turn.of(Role.USER, Text.of(text)));
        Text part = Text.of(text);
        ChatRequest large =
                ChatRequest.of("m", Turn.of(Role.USER, part, part, part, part, part, part));

        assertThat(estimate(large)).isCloseTo(6 * estimate(small), within(2_000L));
    }

    private static long estimate(ChatRequest request) {
        return new Estimate(Tokenizer.O200K_BASE, request.model(), () -> false).of(request);
    }

    @Test
    void aCountNobodyWaitsForEnds() {
        assertThatThrownBy(() -> Tokenizer.O200K_BASE.count("a", () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void mediaAreCountedByTheFormulasOfTheirMakers() {
        ImageSize square = new ImageSize(1024, 1024);
        assertThat(MediaTokens.of("gpt-4o").image(square, false)).isEqualTo(85 + 4 * 170);
        assertThat(MediaTokens.of("gpt-4o").image(new ImageSize(2048, 4096), false))
                .isEqualTo(85 + 6 * 170);
        assertThat(MediaTokens.of("gpt-4o").image(square, true)).isEqualTo(85);
        assertThat(MediaTokens.of("claude-x").image(new ImageSize(1000, 1000), false))
                .isEqualTo(1333);
        assertThat(MediaTokens.of("claude-x").image(new ImageSize(8000, 8000), false))
                .isEqualTo(1600);
        assertThat(MediaTokens.of("google/gemini-x").image(new ImageSize(300, 300), false))
                .isEqualTo(258);
        assertThat(MediaTokens.of("gemini-x").image(new ImageSize(960, 540), false))
                .isEqualTo(2 * 258);
        assertThat(
                        MediaTokens.of("gemini-x")
                                .count(
                                        Media.inline(
                                                Media.Kind.AUDIO, "audio/mp3", "A".repeat(64_000))))
                .isEqualTo(3 * 32);
    }

    @Test
    void theSizeOfAnImageStandsInItsFirstBytes() {
        assertThat(
                        size(
                                0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D',
                                'R', 0, 0, 2, 0, 0, 0, 1, 0))
                .contains(new ImageSize(512, 256));
        assertThat(size('G', 'I', 'F', '8', '9', 'a', 10, 0, 20, 1))
                .contains(new ImageSize(10, 276));
        assertThat(size(0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 17, 8, 0, 100, 0, 200))
                .contains(new ImageSize(200, 100));
        assertThat(
                        size(
                                'R', 'I', 'F', 'F', 0, 0, 0, 0, 'W', 'E', 'B', 'P', 'V', 'P', '8',
                                'X', 10, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 49, 0, 0))
                .contains(new ImageSize(100, 50));
        assertThat(size(0xFF, 0xD8, 0xFF, 0xE0, 0, 0, 0xFF, 0xFF)).isEmpty();
        assertThat(size(1, 2, 3)).isEmpty();
        assertThat(ImageSize.of("%%%%")).isEmpty();
    }

    private static Optional<ImageSize> size(int... bytes) {
        byte[] image = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            image[i] = (byte) bytes[i];
        }
        return ImageSize.of(Base64.getEncoder().encodeToString(image));
    }
}
