package io.fairlead.protocol.service;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.translate.Translation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A translation whose answer is read as a whole. Confined to one thread. */
public final class ToldOnce implements Translation {
    private final Told told;
    private final Function<byte[], Unary> answer;

    /**
     * @param answer what the client gets of the provider's answer; may throw {@link Unreadable}
     */
    public ToldOnce(Told told, Function<byte[], Unary> answer) {
        this.told = told;
        this.answer = answer;
    }

    @Override
    public ProviderRequest request() {
        return told.request();
    }

    @Override
    public List<String> dropped() {
        return told.dropped();
    }

    @Override
    public Unary answer(Optional<String> contentType, byte[] body) {
        if (body.length == 0) {
            return Unary.broken(new ProviderFault.Empty("the provider's answer is empty"));
        }
        try {
            return answer.apply(body);
        } catch (Blocked blocked) {
            return Unary.broken(blocked.fault());
        } catch (Unreadable unreadable) {
            return Unary.broken(
                    new ProviderFault.Malformed(
                            "the provider's answer can't be read: " + unreadable.getMessage()));
        }
    }

    /** What stands in place of an answer, if it is an error under a 2xx status. */
    public static Optional<Unary> error(Fields answer, byte[] body) {
        Optional<Json> error = answer.peek("error");
        boolean none = error.isEmpty() || (error.get().isString() && error.get().text().isEmpty());
        return none
                ? Optional.empty()
                : Optional.of(Unary.broken(ProviderFaults.inStream(ErrorBody.read(body))));
    }
}
