package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.AnswerContext;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.StreamReader;
import io.fairlead.protocol.codec.StreamWriter;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.ChatRequest;

/** The readers and writers of one dialect of this family. Immutable: any thread. */
public final class ChatForm {
    private final Dialect dialect;
    private final RequestReader requestReader;
    private final RequestWriter requestWriter;
    private final AnswerReader answerReader;
    private final AnswerWriter answerWriter;

    public ChatForm(Dialect dialect) {
        this.dialect = dialect;
        this.requestReader = new RequestReader(dialect);
        this.requestWriter = new RequestWriter(dialect);
        this.answerReader = new AnswerReader(dialect);
        this.answerWriter = new AnswerWriter(dialect);
    }

    public ChatRequest readRequest(WireRequest request) {
        return requestReader.read(request);
    }

    public ProviderRequest writeRequest(ChatRequest request) {
        return requestWriter.write(request);
    }

    public ChatAnswer readAnswer(Json body) {
        return answerReader.read(body);
    }

    public byte[] writeAnswer(ChatAnswer answer, AnswerContext context) {
        return answerWriter.write(answer, context);
    }

    public StreamReader streamReader() {
        return new ChatStreamReader(dialect);
    }

    public StreamWriter streamWriter(AnswerContext context) {
        return new ChatStreamWriter(dialect, context);
    }
}
