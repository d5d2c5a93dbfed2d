package io.fairlead.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.SseFraming;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.CacheMark;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Foreign;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.OutputFormat;
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
import io.fairlead.protocol.model.Turn;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Requests that no recording has, and what is wrong with those that can't be read. */
class RequestTest {
    /** As Claude Code sends it, shortened. */
    private static final String CLAUDE_CODE =
            """
            {'model':'claude-opus-4-6','max_tokens':32000,'stream':true,
             'system':[
               {'type':'text','text':'x-anthropic-billing-header: cc_version=2.1; cch=fa690;'},
               {'type':'text','text':'You are a coding agent.','cache_control':{'type':'ephemeral'}},
               {'type':'text','text':'Rules.','cache_control':{'type':'ephemeral','ttl':'1h'}}],
             'messages':[
               {'role':'user','content':[
                 {'type':'text','text':'<system-reminder>Be brief.</system-reminder>'},
                 {'type':'text','text':'Look at this.'},
                 {'type':'image','source':{'type':'base64','media_type':'image/png','data':'iVBO'}}]},
               {'role':'assistant','content':[
                 {'type':'thinking','thinking':'I read it.','signature':'EqQB'},
                 {'type':'redacted_thinking','data':'EmwK'},
                 {'type':'text','text':'Reading.'},
                 {'type':'tool_use','id':'toolu_01','name':'Read','input':{'file_path':'/a'}},
                 {'type':'tool_use','id':'toolu_02','name':'Bash','input':{}}]},
               {'role':'user','content':[
                 {'tool_use_id':'toolu_01','type':'tool_result','content':[
                   {'type':'text','text':'1 a'},
                   {'type':'image','source':{'type':'url','url':'https://x.test/i.png'}}]},
                 {'tool_use_id':'toolu_02','type':'tool_result','content':'no such file',
                  'is_error':true,'cache_control':{'type':'ephemeral'}}]}],
             'tools':[
               {'name':'Read','description':'Reads.','input_schema':{'type':'object',
                 'properties':{'file_path':{'type':'string'}},'required':['file_path'],
                 'additionalProperties':false,'$schema':'http://json-schema.org/draft-07/schema#'}},
               {'name':'Bash','description':'Runs.','input_schema':{'type':'object'},
                 'cache_control':{'type':'ephemeral'}},
               {'type':'web_search_20250305','name':'web_search','max_uses':8}],
             'tool_choice':{'type':'auto','disable_parallel_tool_use':true},
             'metadata':{'user_id':'user_1_account__session_2'},
             'thinking':{'type':'adaptive'},
             'output_config':{'effort':'medium'},
             'context_management':{'edits':[{'type':'clear_thinking_20251015','keep':'all'}]},
             'temperature':1}
            """;

    private static ChatRequest claudeCode() {
        return Wire.PROTOCOL.readRequest(
                new WireRequest(
                        Wire.json(CLAUDE_CODE),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of(
                                "anthropic-beta",
                                "claude-code-20250219,interleaved-thinking-2025-05-14")));
    }

    @Test
    void readsAllThatClaudeCodeSays() {
        ChatRequest request = claudeCode();
        assertThat(request.turns())
                .extracting(Turn::role)
                .containsExactly(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER);
        List<Part> system = request.turns().get(0).parts();
        assertThat(system.get(0)).isInstanceOf(Foreign.class);
        assertThat(system.get(2).marks().cache())
                .contains(new CacheMark(Optional.of("1h"), Beside.NONE));
        List<Part> said = request.turns().get(2).parts();
        assertThat(said)
                .extracting(Part::getClass)
                .containsExactly(
                        Reasoning.class,
                        Reasoning.class,
                        Text.class,
                        ToolCall.class,
                        ToolCall.class);
        assertThat(said.get(0).marks().seal()).contains(Seal.signature(Seal.ANTHROPIC, "EqQB"));
        assertThat(said.get(1).marks().seal().map(Seal::kind)).contains(Seal.Kind.REDACTED);
        ToolResult second = (ToolResult) request.turns().get(3).parts().get(1);
        assertThat(second.error()).isTrue();
        assertThat(second.marks().cache()).isPresent();
        assertThat(request.tools().tools())
                .extracting(Tool::getClass)
                .containsExactly(Tool.Function.class, Tool.Function.class, Tool.Hosted.class);
        assertThat(request.tools().choice()).contains(new ToolChoice.Auto());
        assertThat(request.tools().parallel()).contains(false);
        assertThat(request.caller().user()).contains("user_1_account__session_2");
        assertThat(request.thinking().map(Thinking::mode)).contains(Thinking.Mode.ADAPTIVE);
        assertThat(request.thinking().flatMap(Thinking::effort)).contains("medium");
        assertThat(request.delivery().stream()).isTrue();
        assertThat(request.beside().members().keySet()).containsExactly("context_management");
    }

    @Test
    void writesAllThatClaudeCodeSays() {
        ProviderRequest written = Wire.PROTOCOL.writeRequest(claudeCode());
        assertThat(Json.parse(written.body())).isEqualTo(Wire.json(CLAUDE_CODE));
        assertThat(written.path()).isEqualTo("/messages");
        assertThat(written.headers())
                .containsEntry("anthropic-version", "2023-06-01")
                .containsEntry(
                        "anthropic-beta", "claude-code-20250219,interleaved-thinking-2025-05-14");
    }

    @Test
    void putsTheModelInThePathAtVertex() {
        ProviderRequest written = AnthropicProtocol.VERTEX.writeRequest(claudeCode());
        assertThat(written.path())
                .isEqualTo("/publishers/anthropic/models/claude-opus-4-6:streamRawPredict");
        Json body = Json.parse(written.body());
        assertThat(body.get("model")).isEmpty();
        assertThat(body.get("anthropic_version")).contains(Json.of("vertex-2023-10-16"));
        assertThat(body.get("stream")).contains(Json.TRUE);
        assertThat(written.headers()).containsOnlyKeys("anthropic-beta");
    }

    @Test
    void putsBetasInTheBodyAtBedrock() {
        ChatRequest request = claudeCode().withModel("us.anthropic.claude-opus-4-6-v1:0");
        ProviderRequest written =
                AnthropicProtocol.bedrock(SseFraming.INSTANCE).writeRequest(request);
        assertThat(written.path())
                .isEqualTo(
                        "/model/us.anthropic.claude-opus-4-6-v1%3A0/invoke-with-response-stream");
        Json body = Json.parse(written.body());
        assertThat(body.get("anthropic_beta"))
                .contains(Wire.json("['claude-code-20250219','interleaved-thinking-2025-05-14']"));
        assertThat(body.get("stream")).isEmpty();
        assertThat(body.get("model")).isEmpty();
    }

    @Test
    void countsWithoutWhatOnlyAnswersNeed() {
        ProviderRequest written = Wire.PROTOCOL.writeCountRequest(claudeCode());
        Json body = Json.parse(written.body());
        assertThat(body.members())
                .extracting(Json.Member::name)
                .containsExactlyInAnyOrder(
                        "model",
                        "system",
                        "messages",
                        "tools",
                        "tool_choice",
                        "thinking",
                        "output_config",
                        "context_management");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'search_result','source':'s','title':'t','content':[{'type':'text','text':'c'}],'citations':{'enabled':true}}",
                "{'type':'document','source':{'type':'text','media_type':'text/plain','data':'d'},'title':'t','context':'c','citations':{'enabled':true}}",
                "{'type':'document','source':{'type':'content','content':'plain'}}",
                "{'type':'document','source':{'type':'content','content':[{'type':'text','text':'a'}]},'title':null}",
                "{'type':'document','source':{'type':'file','file_id':'file_1'}}",
                "{'type':'document','source':{'type':'url','url':'https://x.test/a.pdf'}}",
                "{'type':'document','source':{'type':'moon','x':1}}",
                "{'type':'image','source':{'type':'file','file_id':'file_1'}}",
                "{'type':'container_upload','file_id':'f'}",
                "{'type':'mcp_tool_use','id':'m','name':'n','server_name':'s','input':{}}",
                "{'type':'server_tool_use','id':'s','name':'web_search','input':{'query':'q'}}",
                "{'type':'tool_result','tool_use_id':'t'}",
                "{'type':'tool_result','tool_use_id':'t','content':[]}",
                "{'type':'tool_result','tool_use_id':'t','content':'','is_error':false}",
                "{'type':'thinking','thinking':'','signature':'c2ln'}",
                "{'type':'thinking','thinking':'Hm','signature':''}",
                "{'type':'text','text':'t','citations':[]}",
                "{'type':'text','text':'t','citations':null,'cache_control':null}",
                "{'type':'text','text':'t','cache_control':{'type':'eternal','ttl':'9h'}}",
                "{'type':'text','text':'t','citations':[{'type':'char_location','cited_text':'c','document_index':0,'document_title':'d','start_char_index':1,'end_char_index':2}]}",
                "{'type':'text','text':'t','citations':[{'type':'page_location','cited_text':'c','document_index':0,'document_title':null,'start_page_number':1,'end_page_number':2}]}",
                "{'type':'text','text':'t','citations':[{'type':'content_block_location','cited_text':'c','document_index':0,'start_block_index':1,'end_block_index':2,'file_id':'f'}]}",
                "{'type':'text','text':'t','citations':[{'type':'web_search_result_location','cited_text':'c','encrypted_index':'e','title':'t','url':'u'}]}",
                "{'type':'text','text':'t','citations':[{'type':'search_result_location','cited_text':'c','search_result_index':0,'source':'s','title':'t','start_block_index':0,'end_block_index':1}]}",
                "{'type':'text','text':'t','citations':[{'type':'new_location'}]}",
                "{'type':'tool_use','id':'t','name':'n','input':{'a':[1.50]},'caller':{'type':'direct'}}"
            })
    void writesABlockAsItWasRead(String block) {
        String body =
                "{'model':'c','max_tokens':9,'messages':[{'role':'user','content':["
                        + block
                        + "]}]}";
        assertThat(Wire.write(Wire.read(body))).isEqualTo(Wire.json(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'thinking':{'type':'enabled','budget_tokens':2048,'display':'omitted'}",
                "'thinking':{'type':'disabled'}",
                "'thinking':{'type':'adaptive','display':'summarized','new':1}",
                "'output_config':{'format':{'type':'json_schema','schema':{'type':'object'}},'effort':'max'}",
                "'output_config':{'format':{'type':'poem'}}",
                "'output_format':{'type':'json_schema','schema':{'type':'object'}}",
                "'service_tier':'auto','top_k':5,'top_p':0.5,'stop_sequences':['x']",
                "'stop_sequences':[],'stream':false,'metadata':{'user_id':null,'x':1},'system':[]",
                "'cache_control':{'type':'ephemeral'},'mcp_servers':[],'container':{'id':'c'},'speed':'fast'",
                "'system':'Be"
                    + " brief.','tools':[{'type':'custom','name':'f','input_schema':{},'strict':true,'defer_loading':true}],'tool_choice':{'type':'tool','name':'f'}",
                "'tools':[{'name':'f','input_schema':{'type':'object'},'cache_control':{'type':'ephemeral','ttl':'1h'}}],'tool_choice':{'type':'none'}",
                "'tools':[{'name':'f','input_schema':{'type':'object'}}],'tool_choice':{'type':'any','disable_parallel_tool_use':false}"
            })
    void writesAFieldAsItWasRead(String field) {
        String body =
                "{'model':'c','max_tokens':9,'messages':[{'role':'user','content':'hi'}],"
                        + field
                        + "}";
        assertThat(Wire.write(Wire.read(body))).isEqualTo(Wire.json(body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    []|is an array (expected: an object)
                    {'max_tokens':1,'messages':[]}|model: is missing (expected: a string)
                    {'model':'c','messages':[]}|max_tokens: is missing (expected: the most output tokens to make)
                    {'model':'c','max_tokens':'9','messages':[]}|max_tokens: is a string (expected: a number)
                    {'model':'c','max_tokens':1}|messages: is missing (expected: an array of messages)
                    {'model':'c','max_tokens':1,'messages':{}}|messages: is an object (expected: an array)
                    {'model':'c','max_tokens':1,'messages':[{'role':'x','content':''}]}|messages[0].role: is 'x' (expected: user, assistant or system)
                    {'model':'c','max_tokens':1,'messages':[{'role':'user'}]}|messages[0].content: is missing (expected: a string or an array of content blocks)
                    {'model':'c','max_tokens':1,'messages':[{'role':'user','content':[{'type':'text'}]}]}|messages[0].content[0].text: is missing (expected: a string)
                    {'model':'c','max_tokens':1,'messages':[{'role':'user','content':[{'type':'tool_result','tool_use_id':'t','content':[{'type':'image'}]}]}]}|messages[0].content[0].content[0].source: is missing (expected: an object)
                    {'model':'c','max_tokens':1,'messages':[{'role':'user','content':[{'type':'tool_use','id':'t','name':'n','input':'{}'}]}]}|messages[0].content[0].input: is '{}' (expected: an object)
                    {'model':'c','max_tokens':1,'messages':[],'tools':[{'input_schema':{}}]}|tools[0].name: is missing (expected: a string)
                    {'model':'c','max_tokens':1,'messages':[],'tool_choice':{'type':'some'}}|tool_choice.type: is 'some' (expected: auto, any, tool or none)
                    {'model':'c','max_tokens':1,'messages':[],'thinking':{'type':'deep'}}|thinking.type: is 'deep' (expected: enabled, disabled or adaptive)
                    """)
    void namesTheFieldThatIsWrong(String body, String message) {
        assertThatThrownBy(() -> Wire.read(body))
                .isInstanceOf(Unreadable.class)
                .hasMessage(message);
    }

    @Test
    void readsASearchResultAsADocument() {
        Media media =
                (Media)
                        Wire.messages(
                                        "[{'role':'user','content':[{'type':'search_result',"
                                                + "'source':'s','title':'t','content':"
                                                + "[{'type':'text','text':'c'}]}]}]")
                                .turns()
                                .getFirst()
                                .parts()
                                .getFirst();
        assertThat(media.kind()).isEqualTo(Media.Kind.DOCUMENT);
        assertThat(media.name()).contains("t");
        assertThat(media.source()).isEqualTo(new Media.Source.Parts(List.of(Text.of("c"))));
    }

    @Test
    void readsACitationOfTheWeb() {
        Text text =
                (Text)
                        Wire.messages(
                                        "[{'role':'assistant','content':[{'type':'text','text':'t',"
                                            + "'citations':[{'type':'web_search_result_location',"
                                            + "'cited_text':'c','url':'u','title':'w',"
                                            + "'encrypted_index':'e'}]}]}]")
                                .turns()
                                .getFirst()
                                .parts()
                                .getFirst();
        Citation citation = text.citations().getFirst();
        assertThat(citation.kind()).isEqualTo(Citation.Kind.WEB);
        assertThat(citation.url()).contains("u");
        assertThat(citation.title()).contains("w");
        assertThat(citation.cited()).contains("c");
    }

    @Test
    void readsTheFormatOfTheBetaToo() {
        ChatRequest request =
                Wire.read(
                        "{'model':'c','max_tokens':9,'messages':[],'output_format':"
                                + "{'type':'json_schema','schema':{'type':'object'}}}");
        assertThat(request.output().format()).containsInstanceOf(OutputFormat.JsonSchema.class);
    }
}
