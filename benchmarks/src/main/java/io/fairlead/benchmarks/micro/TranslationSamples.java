package io.fairlead.benchmarks.micro;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Frame;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.translate.Protocols;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What the benchmarks of translation send and are answered. Stateless. */
public final class TranslationSamples {
    private static final String SENTENCE =
            "The pilot boat \\\"Anna\\\" left at dawn; caf\u00e9s were shut.\\nNobody spoke. ";
    private static final byte[] SMALL_REQUEST =
            ("{\"model\":\"openai/gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"You"
                            + " are terse.\"},{\"role\":\"user\",\"content\":\""
                            + SENTENCE.repeat(14)
                            + "\"}],\"stream\":true,\"temperature\":0.2,\"max_tokens\":500}")
                    .getBytes(StandardCharsets.UTF_8);

    private TranslationSamples() {}

    /** 1 KB of text. */
    public static byte[] smallRequest() {
        return SMALL_REQUEST.clone();
    }

    /** 80 KB with 30 tools and an image. */
    public static byte[] request() {
        StringBuilder body = new StringBuilder(90_000);
        body.append("{\"model\":\"openai/gpt-4o\",\"stream\":true,\"max_tokens\":500,\"tools\":[");
        for (int i = 0; i < 30; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"type\":\"function\",\"function\":{\"name\":\"tool_")
                    .append(i)
                    .append("\",\"description\":\"")
                    .append(SENTENCE)
                    .append(
                            """
                            ","parameters":{"type":"object","properties":{"city":{"type":"string","description":"Where"},\
                            "days":{"type":"integer"},"unit":{"type":"string","enum":["c","f"]}},"required":["city"]}}}\
                            """);
        }
        body.append("],\"messages\":[{\"role\":\"system\",\"content\":\"You are terse.\"}");
        for (int i = 0; i < 10; i++) {
            body.append(",{\"role\":\"user\",\"content\":\"")
                    .append(SENTENCE.repeat(20))
                    .append("\"},{\"role\":\"assistant\",\"content\":\"")
                    .append(SENTENCE.repeat(20))
                    .append("\"}");
        }
        body.append(
                        ",{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"What is"
                            + " this?\"},{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,")
                .append("iVBORw0KGgoAAAANSUhEUgAAAAEAAAAB".repeat(1_150))
                .append("\"}}]}]}");
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As this provider says it: a text of 1 KB, with usage. */
    static byte[] answer(Protocol name, ChatProtocol provider) {
        byte[] chat =
                """
                {"id":"chatcmpl-1","object":"chat.completion","created":1741569952,"model":"some-model","choices":\
                [{"index":0,"message":{"role":"assistant","content":"%s","refusal":null},"logprobs":null,\
                "finish_reason":"stop"}],"usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":29}}\
                """
                        .formatted(SENTENCE.repeat(14))
                        .getBytes(StandardCharsets.UTF_8);
        ChatProtocol of = protocol(Protocol.OPENAI_CHAT);
        return name == Protocol.OPENAI_CHAT
                ? chat
                : provider.writeAnswer(of.readAnswer(Json.parse(chat)), context());
    }

    static byte[] stream(ChatProtocol provider, int events) {
        String event =
                """
                {"id":"chatcmpl-B9MBs8CjcvOU2jLn4n570S5qMJKcT","object":"chat.completion.chunk","created":1741569952,\
                "model":"gpt-4o-2024-08-06","system_fingerprint":"fp_fc9f1d7035",\
                "choices":[{"index":0,"delta":{"content":" harbour"},"finish_reason":null}]}\
                """;
        var reader = protocol(Protocol.OPENAI_CHAT).streamReader();
        var writer = provider.streamWriter(context());
        var out = new ByteArrayOutputStream();
        for (int i = 0; i < events; i++) {
            writer.write(reader.read(Frame.of("", event)))
                    .forEach(frame -> out.writeBytes(provider.framing().encode(frame)));
        }
        return out.toByteArray();
    }

    private static ChatProtocol protocol(Protocol name) {
        return Protocols.of(name).orElseThrow();
    }

    private static AnswerContext context() {
        return new AnswerContext(ChatRequest.of("m"), "0123456789abcdef", "m", 1_700_000_000);
    }
}
