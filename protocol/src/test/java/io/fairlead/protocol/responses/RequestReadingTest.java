package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.OutputFormat;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReadingTest {
    private final OpenAiResponsesProtocol protocol = new OpenAiResponsesProtocol();

    private ChatRequest read(String members) {
        String body = "{\"model\":\"m\",\"input\":\"x\"}";
        Json json = Json.parse(members.isEmpty() ? body : "{\"model\":\"m\"," + members + "}");
        ChatRequest request = protocol.readRequest(WireRequest.of(json));
        assertThat(Json.parse(protocol.writeRequest(request).body())).isEqualTo(json);
        return request;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"input\":5' | input | a string or an array",
                "'\"input\":[{}]' | input[0].type | is missing",
                "'\"input\":[{\"role\":\"wizard\",\"content\":\"x\"}]' | input[0].role | wizard",
                "'\"input\":[{\"role\":\"user\"}]' | input[0].content | is missing",
                "'\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\"}]}]' |"
                        + " input[0].content[0].text | is missing",
                "'\"input\":[{\"type\":\"function_call\",\"call_id\":\"a\",\"name\":\"b\"}]' |"
                        + " input[0].arguments | is missing",
                "'\"tools\":[{\"type\":\"function\"}]' | tools[0].name | is missing",
                "'\"tool_choice\":\"perhaps\"' | tool_choice | perhaps",
                "'\"temperature\":\"hot\"' | temperature | a number",
                "'\"text\":{\"format\":{\"type\":\"json_schema\"}}' | text.format.schema | missing",
                "'\"metadata\":7' | metadata | an object",
                "'\"instructions\":[]' | instructions | a string",
                "'\"reasoning\":\"much\"' | reasoning | an object"
            })
    void aWrongFieldIsNamed(String members, String path, String said) {
        Json body = Json.parse("{\"model\":\"m\"," + members + "}");

        assertThatThrownBy(() -> protocol.readRequest(WireRequest.of(body)))
                .isInstanceOf(Unreadable.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContaining(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "item_reference",
                "web_search_call",
                "file_search_call",
                "computer_call",
                "code_interpreter_call",
                "mcp_call",
                "mcp_list_tools",
                "mcp_approval_request",
                "local_shell_call",
                "shell_call",
                "apply_patch_call",
                "image_generation_call",
                "compaction",
                "what_comes_next_year"
            })
    void itemsOfHostedToolsStayAsTheyAre(String type) {
        ChatRequest request =
                read("\"input\":[{\"type\":\"" + type + "\",\"id\":\"i\",\"x\":{\"y\":[1,null]}}]");

        Foreign foreign = (Foreign) request.turns().getFirst().parts().getFirst();
        assertThat(foreign.type()).isEqualTo(type);
    }

    @Test
    void unknownContentStaysInItsPlace() {
        ChatRequest request =
                read(
                        "\"input\":[{\"role\":\"user\",\"content\":["
                                + "{\"type\":\"input_text\",\"text\":\"a\"},"
                                + "{\"type\":\"input_smell\",\"smell\":\"x\"},"
                                + "{\"type\":\"input_text\",\"text\":\"b\"}]}]");

        assertThat(request.turns().getFirst().parts()).hasSize(3);
        assertThat(request.turns().getFirst().parts().get(1)).isInstanceOf(Foreign.class);
    }

    @Test
    void filesComeInEveryForm() {
        ChatRequest request =
                read(
                        """
                        "input":[{"role":"user","content":[
                         {"type":"input_file","file_data":"data:application/pdf;base64,JVBE",
                          "filename":"a.pdf"},
                         {"type":"input_file","file_data":"JVBE","filename":"b.txt"},
                         {"type":"input_file","file_url":"https://example.com/c.pdf"},
                         {"type":"input_file","file_id":"file-1"},
                         {"type":"input_image","file_id":"file-2","detail":"low"},
                         {"type":"input_image","image_url":"https://example.com/d.png"},
                         {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}}]}]\
                        """);

        assertThat(request.turns().getFirst().parts()).allMatch(Media.class::isInstance);
        assertThat(((Media) request.turns().getFirst().parts().get(1)).source())
                .isEqualTo(new Media.Source.Inline("text/plain", "JVBE"));
    }

    @Test
    void choicesOfToolsComeInEveryForm() {
        assertThat(read("\"tool_choice\":\"required\"").tools().choice())
                .contains(new ToolChoice.Required());
        assertThat(read("\"tool_choice\":{\"type\":\"custom\",\"name\":\"a\"}").tools().choice())
                .contains(new ToolChoice.Named("a"));
        assertThat(
                        read("\"tool_choice\":{\"type\":\"function\",\"name\":\"a\",\"x\":1}")
                                .tools()
                                .choice())
                .contains(new ToolChoice.Named("a"));
        assertThat(read("\"tool_choice\":{\"type\":\"web_search\"}").tools().choice()).isEmpty();
        assertThat(
                        read("\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\","
                                        + "\"tools\":[{\"type\":\"mcp\",\"server_label\":\"s\"}]}")
                                .tools()
                                .choice())
                .isEmpty();
    }

    @Test
    void noEffortMeansNotToThink() {
        Thinking thinking = read("\"reasoning\":{\"effort\":\"none\"}").thinking().orElseThrow();

        assertThat(thinking.mode()).isEqualTo(Thinking.Mode.OFF);
        assertThat(thinking.effort()).isEmpty();
    }

    @Test
    void whatSaysNothingSurvives() {
        read(
                "\"input\":[],\"tools\":[],\"reasoning\":{},\"text\":{},\"stream\":false,"
                        + "\"include\":[],\"temperature\":null,\"background\":false,"
                        + "\"conversation\":{\"id\":\"c\"},\"truncation\":\"auto\","
                        + "\"safety_identifier\":\"u\",\"stream_options\":{\"x\":1}");
        read("");
        read("\"input\":[{\"role\":\"assistant\",\"content\":[]}]");
        read("\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":[]}]");
        read("\"input\":[{\"type\":\"reasoning\",\"summary\":[],\"content\":[{\"x\":1}]}]");
    }

    @Test
    void resultsMayBeLists() {
        ChatRequest request =
                read(
                        "\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"a\",\"output\":["
                            + "{\"type\":\"input_text\",\"text\":\"x\"},"
                            + "{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64,iVB\"}]}]");

        ToolResult result = (ToolResult) request.turns().getFirst().parts().getFirst();
        assertThat(result.content()).hasSize(2);
    }

    @Test
    void formatsOfTheTextAreRead() {
        assertThat(read("\"text\":{\"format\":{\"type\":\"json_object\"}}").output().format())
                .contains(new OutputFormat.AnyJson());
        OutputFormat.JsonSchema schema =
                (OutputFormat.JsonSchema)
                        read("\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\","
                                        + "\"strict\":true,\"schema\":{\"type\":\"object\"}}}")
                                .output()
                                .format()
                                .orElseThrow();
        assertThat(schema.name()).contains("n");
        assertThat(schema.strict()).contains(true);
    }
}
