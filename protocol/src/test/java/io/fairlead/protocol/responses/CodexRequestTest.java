package io.fairlead.protocol.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.model.Tool;
import io.fairlead.protocol.model.ToolCall;
import io.fairlead.protocol.model.ToolChoice;
import io.fairlead.protocol.model.ToolResult;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** A request as coding agents on this protocol make it. */
class CodexRequestTest {
    private static final Json BODY =
            Json.parse(
                    """
                    {"model":"gpt-5.1-codex",
                     "instructions":"You are a coding agent.",
                     "input":[
                      {"type":"message","role":"developer","content":[
                        {"type":"input_text","text":"<permissions>read only</permissions>"}]},
                      {"type":"message","role":"user","content":[
                        {"type":"input_text",
                         "text":"<environment_context><cwd>/src</cwd></environment_context>"}]},
                      {"type":"message","role":"user","content":[
                        {"type":"input_text","text":"Fix the typo in README."},
                        {"type":"input_image","image_url":"data:image/png;base64,iVBORw0K"}]},
                      {"type":"reasoning","summary":[
                        {"type":"summary_text","text":"**Looking at the file**"}],
                       "content":null,"encrypted_content":"gAAAAAB"},
                      {"type":"function_call","name":"shell",
                       "arguments":"{\\"command\\":[\\"cat\\",\\"README\\"]}","call_id":"call_1"},
                      {"type":"function_call_output","call_id":"call_1","output":"Helo"},
                      {"type":"custom_tool_call","status":"completed","call_id":"call_2",
                       "name":"apply_patch","input":"*** Begin Patch\\n-Helo\\n+Hello"},
                      {"type":"custom_tool_call_output","call_id":"call_2","output":"Done"},
                      {"type":"local_shell_call","call_id":"call_3","status":"completed",
                       "action":{"type":"exec","command":["ls"]}},
                      {"type":"message","role":"assistant","content":[
                        {"type":"output_text","text":"It is fixed."}]}],
                     "tools":[
                      {"type":"function","name":"shell","description":"Runs a command.",
                       "strict":false,"parameters":{"type":"object","properties":{
                         "command":{"type":"array","items":{"type":"string"}}},
                         "required":["command"],"additionalProperties":false}},
                      {"type":"custom","name":"apply_patch","description":"Edits files.",
                       "format":{"type":"grammar","syntax":"lark","definition":"start: X"}},
                      {"type":"web_search","external_web_access":false}],
                     "tool_choice":"auto","parallel_tool_calls":false,
                     "reasoning":{"effort":"medium","summary":"auto"},
                     "store":false,"stream":true,
                     "include":["reasoning.encrypted_content"],
                     "prompt_cache_key":"0198-thread","text":{"verbosity":"low"}}\
                    """);

    private final OpenAiResponsesProtocol protocol = new OpenAiResponsesProtocol();
    private final ChatRequest request = protocol.readRequest(WireRequest.of(BODY));

    private Part part(int turn) {
        return request.turns().get(turn).parts().getFirst();
    }

    @Test
    void instructionsAndMessagesAreTurns() {
        assertThat(request.turns().stream().map(turn -> turn.role()))
                .containsExactly(
                        Role.SYSTEM,
                        Role.DEVELOPER,
                        Role.USER,
                        Role.USER,
                        Role.ASSISTANT,
                        Role.ASSISTANT,
                        Role.USER,
                        Role.ASSISTANT,
                        Role.USER,
                        Role.ASSISTANT,
                        Role.ASSISTANT);
        assertThat(((Text) part(0)).text()).isEqualTo("You are a coding agent.");
        assertThat(request.turns().get(3).parts()).hasSize(2);
    }

    @Test
    void callsAndResultsAreThere() {
        assertThat((ToolCall) part(5))
                .extracting(ToolCall::id, ToolCall::name, ToolCall::custom)
                .containsExactly("call_1", "shell", false);
        assertThat(((ToolResult) part(6)).content()).containsExactly(Text.of("Helo"));
        assertThat(((ToolCall) part(7)).custom()).isTrue();
        assertThat(((ToolCall) part(7)).arguments()).startsWith("*** Begin Patch\n");
        assertThat(((ToolResult) part(8)).callId()).isEqualTo("call_2");
    }

    @Test
    void thoughtsKeepTheirSeal() {
        Reasoning thought = (Reasoning) part(4);

        assertThat(thought.summary()).containsExactly("**Looking at the file**");
        assertThat(thought.marks().seal())
                .contains(new Seal(Seal.Kind.ENCRYPTED, Seal.OPENAI, "gAAAAAB", Optional.empty()));
    }

    @Test
    void settingsAreCanonical() {
        assertThat(request.tools().tools().stream().map(Tool::name))
                .containsExactly("shell", "apply_patch", "web_search");
        assertThat(request.tools().tools().get(2)).isInstanceOf(Tool.Hosted.class);
        assertThat(request.tools().choice()).contains(new ToolChoice.Auto());
        assertThat(request.tools().parallel()).contains(false);
        assertThat(request.thinking().orElseThrow().effort()).contains("medium");
        assertThat(request.thinking().orElseThrow().summary()).contains("auto");
        assertThat(request.thinking().orElseThrow().mode()).isEqualTo(Thinking.Mode.DEFAULT);
        assertThat(request.delivery().stream()).isTrue();
        assertThat(request.delivery().store()).contains(false);
        assertThat(request.caller().cacheKey()).contains("0198-thread");
        assertThat(request.output().verbosity()).contains("low");
        assertThat(List.copyOf(request.beside().members().keySet())).containsExactly("include");
    }

    @Test
    void itIsWrittenAsItWas() {
        assertThat(Json.parse(protocol.writeRequest(request).body())).isEqualTo(BODY);
    }
}
