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
}
