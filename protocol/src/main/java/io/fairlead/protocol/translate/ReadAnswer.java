package io.fairlead.protocol.translate;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatAnswer;
import io.fairlead.protocol.model.Choice;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.Optional;
import java.util.function.Function;

/** Reads the unary answer to a conversation. Stateless. */
final class ReadAnswer {
    private ReadAnswer() {}

    /**
     * Reads an answer.
     *
     * @param told what the client gets of it
     */
    static Unary of(ChatProtocol provider, byte[] body, Function<ChatAnswer, byte[]> told) {
        ChatAnswer answer;
        try {
            Json json = Fields.parse(body);
            answer = provider.readAnswer(json);
            if (answer.choices().isEmpty()
                    && json.get("error").filter(it -> !it.isNull()).isPresent()) {
                return Unary.broken(ProviderFaults.inStream(ErrorBody.read(body)));
            }
        } catch (Unreadable unreadable) {
            return Unary.broken(
                    body.length == 0
                            ? new ProviderFault.Empty("the provider's answer is empty")
                            : new ProviderFault.Malformed(
                                    "the provider's answer can't be read: "
                                            + unreadable.getMessage()));
        }
        if (isEmpty(answer)) {
            return Unary.broken(
                    new ProviderFault.Empty("the provider's answer has neither output nor end"));
        }
        return Unary.json(
                told.apply(answer),
                answer.usage().map(TokenUsage::counts),
                Optional.of(answer.model()).filter(it -> !it.isEmpty()),
                answer.choices().stream()
                        .findFirst()
                        .flatMap(Choice::finish)
                        .map(Finish::word)
                        .filter(it -> !it.isEmpty()));
    }

    private static boolean isEmpty(ChatAnswer answer) {
        for (Choice choice : answer.choices()) {
            if (!choice.parts().isEmpty() || choice.finish().isPresent()) {
                return false;
            }
        }
        return true;
    }
}
