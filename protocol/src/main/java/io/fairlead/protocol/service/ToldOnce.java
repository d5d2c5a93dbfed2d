package io.fairlead.protocol.service;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.translate.Translation;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A translation whose answer is read as a whole, or passes. Confined to one thread. */
public final class ToldOnce implements Translation {
    private final Told told;
    private final Function<byte[], Unary> answer;
    private final Optional<String> passing;

    /**
     * @param answer what the client gets of the provider's answer; may throw {@link Unreadable}
     */
    public ToldOnce(Told told, Function<byte[], Unary> answer) {
        this(told, answer, Optional.empty());
    }

    /**
     * @param passing the media type under which answers pass as they come
     */
    public ToldOnce(Told told, Function<byte[], Unary> answer, Optional<String> passing) {
        this.told = told;
        this.answer = answer;
        this.passing = passing;
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
    public Optional<String> passing() {
        return passing;
    }

    @Override
    public Unary answer(Optional<String> contentType, byte[] body) {
        if (passing.isPresent()) {
            return Unary.broken(
                    new ProviderFault.Malformed(
                            "the provider's answer is "
                                    + contentType.orElse("of no type")
                                    + " (expected: "
                                    + passing.get()
                                    + ")"));
        }
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
}
