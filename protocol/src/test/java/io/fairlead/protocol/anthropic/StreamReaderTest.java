package io.fairlead.protocol.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.ToolCall;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** Streams of Anthropic's, and of those that imitate it. */
class StreamReaderTest {
    private static final String START =
            "{'type':'message_start','message':{'id':'m','model':'c','usage':"
                    + "{'input_tokens':5,'cache_read_input_tokens':3,'output_tokens':1}}}";

    private static List<StreamEvent> read(String... messages) {
        StreamReader reader = Wire.PROTOCOL.streamReader();
        List<StreamEvent> events = new ArrayList<>();
        for (String message : messages) {
            events.addAll(
                    reader.read(
                                    new Frame(
                                            "",
                                            Wire.json(message)
                                                    .toString()
                                                    .getBytes(
                                                            java.nio.charset.StandardCharsets
                                                                    .UTF_8)))
                            .events());
        }
        events.addAll(reader.end().events());
        return events;
    }

    private static <T> List<T> only(List<StreamEvent> events, Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void keepsInputCountsThatLaterMessagesDoNotRepeat() {
        List<StreamEvent> events =
                read(START, "{'type':'message_delta','delta':{},'usage':{'output_tokens':9}}");
        StreamEvent.UsageKnown last = only(events, StreamEvent.UsageKnown.class).getLast();
        assertThat(last.usage().counts().inputTokens()).isEqualTo(8);
        assertThat(last.usage().counts().cachedInputTokens()).isEqualTo(3);
        assertThat(last.usage().counts().outputTokens()).isEqualTo(9);
    }

    @Test
    void readsACallThatIsWholeAtItsStart() {
        List<StreamEvent> events =
                read(
                        START,
                        "{'type':'content_block_start','index':0,'content_block':"
                                + "{'type':'tool_use','id':'t','name':'f','input':{'a':1}}}",
                        "{'type':'content_block_stop','index':0}");
        ToolCall head = (ToolCall) only(events, StreamEvent.PartStarted.class).getFirst().head();
        assertThat(head.arguments()).isEmpty();
        assertThat(only(events, StreamEvent.PartGrew.class).getFirst().growth())
                .isEqualTo(new Growth.MoreArguments("{\"a\":1}"));
    }

    @Test
    void endsBlocksThatTheProviderForgotToEnd() {
        List<StreamEvent> events =
                read(
                        START,
                        "{'type':'content_block_start','index':0,'content_block':"
                                + "{'type':'tool_use','id':'t','name':'f','input':{}}}",
                        "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}",
                        "{'type':'message_stop'}");
        assertThat(only(events, StreamEvent.PartEnded.class)).hasSize(1);
        assertThat(only(events, StreamEvent.ChoiceEnded.class).getFirst().finish().reason())
                .isEqualTo(Finish.Reason.TOOL_CALLS);
        assertThat(events.getLast()).isInstanceOf(StreamEvent.Ended.class);
    }

    @Test
    void doesNotCallACutStreamComplete() {
        List<StreamEvent> events =
                read(START, "{'type':'message_delta','delta':{'stop_reason':'end_turn'}}");
        assertThat(only(events, StreamEvent.Ended.class)).isEmpty();
    }

    @Test
    void readsAnErrorInsideTheStream() {
        List<StreamEvent> events =
                read(
                        START,
                        "{'type':'error','error':{'details':null,'type':'overloaded_error',"
                                + "'message':'Overloaded'}}");
        ProviderFault fault = ((StreamEvent.Failed) events.getLast()).fault();
        assertThat(fault).isInstanceOf(ProviderFault.InStreamError.class);
        assertThat(((ProviderFault.InStreamError) fault).status()).isEqualTo(503);
        assertThat(fault.message()).isEqualTo("Overloaded");
    }

    @Test
    void writesWhatNobodyKnowsAsItCame() {
        StreamReader reader = Wire.PROTOCOL.streamReader();
        var writer = Wire.PROTOCOL.streamWriter(Wire.CONTEXT);
        writer.write(reader.read(Frame.of("message_start", Wire.json(START).toString())));
        for (String message :
                List.of(
                        "{'type':'content_block_start','index':0,'content_block':"
                                + "{'type':'text','text':''},'new':1}",
                        "{'type':'content_block_delta','index':0,'delta':"
                                + "{'type':'shiny_delta','shine':1}}",
                        "{'type':'content_block_delta','index':7,'delta':"
                                + "{'type':'text_delta','text':'lost'}}",
                        "{'type':'news','n':[1]}",
                        "{'type':'error','error':{'type':'api_error','message':'x'}}")) {
            String text = message.replace('\'', '"');
            Batch batch = reader.read(Frame.of("news", text));
            List<Frame> written = writer.write(batch);
            assertThat(written).hasSize(1);
            assertThat(io.fairlead.protocol.json.Json.parse(written.getFirst().data()))
                    .isEqualTo(Wire.json(message));
        }
    }

    @Test
    void refusesWhatIsNoMessage() {
        StreamReader reader = Wire.PROTOCOL.streamReader();
        assertThatThrownBy(() -> reader.read(Frame.of("", "[1]"))).isInstanceOf(Unreadable.class);
        assertThatThrownBy(() -> reader.read(Frame.of("", "{"))).isInstanceOf(Unreadable.class);
    }
}
