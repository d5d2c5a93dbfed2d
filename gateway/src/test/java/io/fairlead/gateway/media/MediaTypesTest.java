package io.fairlead.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.model.Media.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

final class MediaTypesTest {
    private static byte[] bytes(String hex) {
        byte[] head = HexFormat.of().parseHex(hex);
        byte[] all = new byte[64];
        System.arraycopy(head, 0, all, 0, head.length);
        return all;
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, image/png, 89504e470d0a1a0a, image/png",
        "IMAGE, image/png, ffd8ffe0, image/jpeg",
        "IMAGE, application/octet-stream, 474946383961, image/gif",
        "IMAGE, image/webp, 524946460000000057454250, image/webp",
        "IMAGE, image/heic, 000000186674797068656963, image/heic",
        "AUDIO, audio/x-wav, 524946460000000057415645, audio/wav",
        "AUDIO, audio/mpeg, fffb9064, audio/mpeg",
        "AUDIO, audio/aac, fff15080, audio/aac",
        "AUDIO, audio/ogg, 4f676753, audio/ogg",
        "VIDEO, video/mp4, 000000186674797069736f6d, video/mp4",
        "VIDEO, video/quicktime, 000000146674797071742020, video/quicktime",
        "VIDEO, video/webm, 1a45dfa39f4286810142f7810142f2810442f381084282847765626d, video/webm",
        "DOCUMENT, application/pdf, 255044462d312e37, application/pdf",
        "DOCUMENT, application/msword, d0cf11e0, application/msword",
    })
    void saysWhatTheBytesAre(Kind kind, String declared, String hex, String type) throws Exception {
        assertThat(MediaTypes.fitting(kind, Optional.of(declared), bytes(hex))).isEqualTo(type);
    }

    @Test
    void takesTextAsADocument() throws Exception {
        byte[] text = "a,b\nä,1\n".getBytes(StandardCharsets.UTF_8);
        assertThat(MediaTypes.fitting(Kind.DOCUMENT, Optional.of("Text/CSV; charset=utf-8"), text))
                .isEqualTo("text/csv");
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, text/html, 89504e470d0a1a0a",
        "IMAGE, image/png, 3c68746d6c3e",
        "IMAGE, image/svg+xml, 3c7376673e",
        "IMAGE, application/pdf, 255044462d312e37",
        "AUDIO, image/png, 4f676753",
        "AUDIO, audio/mpeg, 89504e470d0a1a0a",
        "VIDEO, video/mp4, 3c68746d6c3e",
        "DOCUMENT, image/png, 255044462d312e37",
        "DOCUMENT, application/pdf, 3c68746d6c3e",
        "DOCUMENT, text/plain, ff00ff00",
        "DOCUMENT, application/zip, 504b0304",
    })
    void refusesWhatDoesNotFit(Kind kind, String declared, String hex) {
        assertThatThrownBy(() -> MediaTypes.fitting(kind, Optional.of(declared), bytes(hex)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void showsNothingOddOfTheServersWords() {
        assertThatThrownBy(() ->
                        MediaTypes.fitting(Kind.IMAGE, Optional.of("x\u0007<b>"), bytes("00")))
                .hasMessage("the server calls it something, which is no image");
    }
}
