package io.fairlead.protocol.anthropic;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.StreamEvent;

import java.util.ArrayList;
import java.util.List;

/** Short words for tests of this protocol. Stateless: any thread. */
final class Wire {
    static final AnthropicProtocol PROTOCOL = AnthropicProtocol.MESSAGES;
    static final AnswerContext CONTEXT =
            new AnswerContext(ChatRequest.of("claude"), "abc", "claude", 1_700_000_000);

    private Wire() {}

    /** JSON with single quotes. */
    static Json json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }

    static ChatRequest read(String text) {
        return PROTOCOL.readRequest(WireRequest.of(json(text)));
    }

    /** A request with these messages. */
    static ChatRequest messages(String messages) {
        return read("{'model':'claude','max_tokens':9,'messages':" + messages + "}");
    }

    static Json write(ChatRequest request) {
        return Json.parse(PROTOCOL.writeRequest(request).body());
    }

    static Json answer(ChatAnswer answer) {
        return Json.parse(PROTOCOL.writeAnswer(answer, CONTEXT));
    }

    /** What a client sees of events, each in a message of its own. */
    static List<String> stream(StreamEvent... events) {
        StreamWriter writer = PROTOCOL.streamWriter(CONTEXT);
        List<String> seen = new ArrayList<>();
        for (StreamEvent event : events) {
            for (Frame frame : writer.write(Batch.of(event))) {
                seen.add(brief(frame));
            }
        }
        return seen;
    }

    /** The message in few words: its kind, its number and what is in it. */
    static String brief(Frame frame) {
        Json data = Json.parse(frame.data());
        String index = data.get("index").map(i -> " " + i).orElse("");
        Json inner =
                data.get("content_block")
                        .or(() -> data.get("delta"))
                        .or(() -> data.get("error"))
                        .orElse(Json.NULL);
        StringBuilder words = new StringBuilder(frame.name()).append(index);
        for (Json.Member member : inner.members()) {
            if (!member.value().isNull()) {
                words.append(' ')
                        .append(member.value().isString() ? member.value().text() : member.value());
            }
        }
        return words.toString().replace('"', '\'');
    }
}
