package io.fairlead.protocol.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class JsonEditTest {
    @Test
    void appliesEditsInTheOrderOfTheirPlaces() {
        byte[] source = JsonText.utf8("abcdef");
        JsonEdit edit = new JsonEdit(source, 0, source.length);
        edit.insert(6, JsonText.utf8("!"));
        edit.replace(2, 4, JsonText.utf8("XYZ"));
        edit.insert(2, JsonText.utf8("-"));
        edit.delete(0, 1);
        assertThat(edit.apply()).asString(StandardCharsets.UTF_8).isEqualTo("b-XYZef!");
    }

    @Test
    void givesTheSourceItselfWhenNothingChanges() {
        byte[] source = JsonText.utf8("{}");
        assertThat(new JsonEdit(source, 0, 2).apply()).isSameAs(source);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"a\":1,\"b\":2,\"c\":3}` | a | `{\"b\":2,\"c\":3,\"z\":9}`",
                "`{\"a\":1,\"b\":2,\"c\":3}` | b | `{\"a\":1,\"c\":3,\"z\":9}`",
                "`{\"a\":1 , \"b\":2 , \"c\":3 }` | c | `{\"a\":1 , \"b\":2,\"z\":9 }`",
                "`{\"a\":1,\"b\":2,\"c\":3}` | bc | `{\"a\":1,\"z\":9}`",
                "`{\"a\":1,\"b\":2,\"c\":3}` | ac | `{\"b\":2,\"z\":9}`",
                "`{\"a\":1,\"b\":2,\"c\":3}` | abc | `{\"z\":9}`",
                "{} | a | `{\"z\":9}`",
            })
    void keepsCommasRightWhereMembersGoAndCome(String json, String drop, String expected) {
        byte[] source = JsonText.utf8(json);
        JsonMembers members = JsonMembers.of(source, 0, source.length);
        MemberEdit edit = new MemberEdit(members);
        for (int i = 0; i < drop.length(); i++) {
            int member = members.find(JsonText.utf8(drop.substring(i, i + 1)));
            if (member >= 0) {
                edit.drop(member);
            }
        }
        edit.append(JsonText.utf8("z"), JsonText.utf8("9"));
        JsonEdit out = new JsonEdit(source, 0, source.length);
        edit.writeTo(out);
        assertThat(out.apply()).asString(StandardCharsets.UTF_8).isEqualTo(expected);
    }

    @Test
    void keepsTheLastOfRepeatedMembersEvenWhenEscapesHideThem() {
        byte[] source = JsonText.utf8("{\"a\":1,\"b\":2,\"\\u0061\":3}");
        MemberEdit edit = new MemberEdit(JsonMembers.of(source, 0, source.length));
        edit.dropRepeated();
        JsonEdit out = new JsonEdit(source, 0, source.length);
        edit.writeTo(out);
        assertThat(out.apply())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("{\"b\":2,\"\\u0061\":3}");
    }
}
