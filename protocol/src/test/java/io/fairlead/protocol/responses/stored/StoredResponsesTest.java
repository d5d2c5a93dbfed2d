package io.fairlead.protocol.responses.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.responses.OpenAiResponsesProtocol;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

class StoredResponsesTest {
    private static final StoredResponse FIRST =
            StoredResponse.of(
                    Json.parse("{\"model\":\"m\",\"instructions\":\"Be kind.\",\"input\":\"Hi\"}"),
                    Json.parse(
                            """
                            {"id":"resp_1","object":"response","output":[
                             {"type":"reasoning","id":"rs_1","summary":[],
                              "encrypted_content":"gA"},
                             {"type":"function_call","id":"fc_1","status":"completed",
                              "call_id":"c1","name":"f","arguments":"{}"}]}\
                            """),
                    "aa");

    @Test
    void aConversationGoesOnFromWhatWasSaid() {
        Json request =
                Json.parse(
                        """
                        {"model":"m","previous_response_id":"resp_1","input":[
                         {"type":"function_call_output","call_id":"c1","output":"42"},
                         {"role":"user","content":"So?"}]}\
                        """);

        Json whole = StoredResponses.continued(request, List.of(FIRST));
        ChatRequest read = new OpenAiResponsesProtocol().readRequest(WireRequest.of(whole));

        assertThat(whole.get("previous_response_id")).isEmpty();
        assertThat(whole.toString()).contains("rs_1").doesNotContain("fc_1", "Be kind");
        assertThat(read.turns().stream().map(turn -> turn.role()))
                .containsExactly(Role.USER, Role.ASSISTANT, Role.ASSISTANT, Role.USER, Role.USER);
    }

    @Test
    void referencesAreToWhatIsKept() {
        Json request =
                Json.parse(
                        "{\"input\":[{\"type\":\"item_reference\",\"id\":\"fc_1\"},"
                                + "{\"type\":\"item_reference\",\"id\":\"gone\"}]}");

        List<Json> input =
                StoredResponses.continued(request, List.of(FIRST))
                        .get("input")
                        .orElseThrow()
                        .elements();

        assertThat(input.get(3).get("name").orElseThrow().text()).isEqualTo("f");
        assertThat(input.get(4).get("id").orElseThrow().text()).isEqualTo("gone");
    }

    @Test
    void itIsKeptAsBytes() {
        StoredResponse read = StoredResponse.read(FIRST.toBytes());

        assertThat(read).isEqualTo(FIRST);
        assertThat(read.id()).isEqualTo("resp_1");
        assertThat(read.input().getFirst().get("id").orElseThrow().text()).startsWith("msg_aa");
        assertThatThrownBy(() ->
                        StoredResponse.read("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void inputItemsComeInPages() {
        List<Json> items = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            items.add(Json.parse("{\"id\":\"i" + i + "\"}"));
        }

        Json newest = page(items, null, null, null);
        Json oldest = page(items, "asc", "i3", "2");

        assertThat(newest.get("data").orElseThrow().elements()).hasSize(20);
        assertThat(newest.get("first_id").orElseThrow().text()).isEqualTo("i24");
        assertThat(newest.get("has_more").orElseThrow()).isEqualTo(Json.TRUE);
        assertThat(oldest.get("data").orElseThrow())
                .isEqualTo(Json.parse("[{\"id\":\"i4\"},{\"id\":\"i5\"}]"));
        assertThat(page(List.of(), null, null, null).get("first_id").orElseThrow().isNull())
                .isTrue();
        for (String limit : List.of("0", "101", "x")) {
            assertThatThrownBy(() -> page(items, null, null, limit))
                    .isInstanceOf(Unreadable.class)
                    .hasMessageStartingWith("limit");
        }
        assertThatThrownBy(() -> page(items, "up", null, null)).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> page(items, null, "no", null)).isInstanceOf(Unreadable.class);
    }

    private static Json page(
            List<Json> items,
            @org.jspecify.annotations.Nullable String order,
            @org.jspecify.annotations.Nullable String after,
            @org.jspecify.annotations.Nullable String limit) {
        return InputItems.page(
                items,
                Optional.ofNullable(order),
                Optional.ofNullable(after),
                Optional.ofNullable(limit));
    }

    @Test
    void onlyWhoSaysSoIsNotKept() {
        assertThat(StoredResponses.keeps(Json.parse("{}"))).isTrue();
        assertThat(StoredResponses.keeps(Json.parse("{\"store\":true}"))).isTrue();
        assertThat(StoredResponses.keeps(Json.parse("{\"store\":false}"))).isFalse();
        assertThat(StoredResponses.deleted("resp_1"))
                .isEqualTo(
                        Json.parse("{\"id\":\"resp_1\",\"object\":\"response\",\"deleted\":true}"));
    }
}
