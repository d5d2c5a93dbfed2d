package io.fairlead.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ByteMarkTest {
    private static final ByteMark MARK = new ByteMark("fairlead1.");

    @Test
    void findsTheWordAtEveryPlace() {
        for (int before = 0; before < 40; before++) {
            for (int after = 0; after < 12; after++) {
                String text = "a".repeat(before) + "fairlead1." + "d".repeat(after);
                assertThat(MARK.isIn(JsonText.utf8(text))).as(text).isTrue();
            }
        }
    }

    @Test
    void findsNoPartOfIt() {
        assertThat(MARK.isIn(JsonText.utf8("fairlead1 fairlead fairleadfairlead1airlead1.")))
                .isFalse();
        assertThat(MARK.isIn(JsonText.utf8("airlead1."))).isFalse();
        assertThat(MARK.isIn(new byte[0])).isFalse();
    }

    @Test
    void looksAtTheRangeOnly() {
        byte[] bytes = JsonText.utf8("..fairlead1...");
        assertThat(MARK.isIn(bytes, 2, 12)).isTrue();
        assertThat(MARK.isIn(bytes, 3, 14)).isFalse();
        assertThat(MARK.isIn(bytes, 0, 11)).isFalse();
        assertThat(MARK.isAt(bytes, 2, 12)).isTrue();
        assertThat(MARK.isAt(bytes, 2, 11)).isFalse();
        assertThat(MARK.isAt(bytes, 1, 14)).isFalse();
    }

    @Test
    void aWordOfRareAndOfCommonLetters() {
        for (String word : new String[] {"file_id", "_fls1_", "ZmFpcmxl", "id", "x"}) {
            for (int before = 0; before < 20; before++) {
                String text = "_f".repeat(before) + word + "il";
                assertThat(new ByteMark(word).isIn(JsonText.utf8(text))).as(text).isTrue();
            }
        }
        assertThat(new ByteMark("file_id").isIn(JsonText.utf8("file-id _id file_i"))).isFalse();
    }
}
