package io.fairlead.protocol.service.embed;

import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.service.AnswerFault;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.translate.Translation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One attempt at embedding in a provider's form, with as many calls as it takes. One answer can be
 * read by it; confined to one thread.
 */
final class EmbedTranslation implements Translation {
    /** What Bedrock says of any model. */
    private static final String COUNTED = "x-amzn-bedrock-input-token-count";

    private final ClientForm client;
    private final ProviderForm provider;
    private final EmbedRequest asked;
    private final ServiceTarget target;
    private final Set<String> dropped = new LinkedHashSet<>();
    private final List<ProviderRequest> requests = new ArrayList<>();
    private Optional<Long> counted = Optional.empty();

    EmbedTranslation(
            ClientForm client, ProviderForm provider, EmbedRequest asked, ServiceTarget target) {
        this.client = client;
        this.provider = provider;
        this.asked = asked;
        this.target = target;
        List<EmbedInput> inputs = asked.inputs();
        int from = 0;
        while (from < inputs.size()) {
            int to = endOfRun(inputs, from);
            requests.add(
                    provider.write(
                            new EmbedCall(
                                    target.model(), asked, inputs.subList(from, to), dropped)));
            from = to;
        }
    }

    /** Inputs that follow each other with the same wishes go into one call, up to the most. */
    private int endOfRun(List<EmbedInput> inputs, int from) {
        int most = provider.most(target.model());
        long left = (long) provider.mostCharacters(target.model()) - inputs.get(from).characters();
        Settings settings = inputs.get(from).settings();
        int to = from + 1;
        if (alone(inputs.get(from))) {
            return to;
        }
        while (to < inputs.size()
                && to - from < most
                && inputs.get(to).settings().equals(settings)
                && !alone(inputs.get(to))) {
            left -= inputs.get(to).characters();
            if (left < 0) {
                break;
            }
            to++;
        }
        return to;
    }

    private boolean alone(EmbedInput input) {
        return provider.imagesAlone(target.model()) && input.content().text().isEmpty();
    }

    @Override
    public ProviderRequest request() {
        return requests.getFirst();
    }

    @Override
    public List<ProviderRequest> requests() {
        return requests;
    }

    @Override
    public List<String> dropped() {
        return List.copyOf(dropped);
    }

    @Override
    public void head(Function<String, Optional<String>> headers) {
        counted = headers.apply(COUNTED).flatMap(EmbedTranslation::number);
    }

    private static Optional<Long> number(String text) {
        try {
            return Optional.of(Long.parseLong(text.strip())).filter(it -> it >= 0);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    @Override
    public Unary answer(Optional<String> contentType, byte[] body) {
        try {
            Json json = Fields.parse(body);
            EmbedAnswer answer =
                    requests.size() == 1 ? provider.read(json) : joined(json.elements());
            if (answer.embeddings().size() != asked.inputs().size()) {
                return Unary.broken(
                        new ProviderFault.Malformed(
                                "the provider answered with "
                                        + answer.embeddings().size()
                                        + " vectors (expected: "
                                        + asked.inputs().size()
                                        + ")"));
            }
            EmbedAnswer known =
                    new EmbedAnswer(
                            answer.embeddings(),
                            answer.tokens().or(() -> counted),
                            answer.model(),
                            answer.beside());
            return Unary.json(
                    client.write(known, asked, target),
                    known.tokens().map(tokens -> Usage.of(tokens, 0)),
                    known.model(),
                    Optional.empty());
        } catch (Unreadable unreadable) {
            return Unary.broken(AnswerFault.of(body, unreadable));
        }
    }

    private EmbedAnswer joined(List<Json> bodies) {
        List<EmbedAnswer.Embedding> all = new ArrayList<>(asked.inputs().size());
        Optional<Long> tokens = Optional.empty();
        Optional<String> model = Optional.empty();
        for (Json body : bodies) {
            EmbedAnswer one = provider.read(body);
            all.addAll(one.embeddings());
            if (one.tokens().isPresent()) {
                tokens = Optional.of(tokens.orElse(0L) + one.tokens().get());
            }
            model = model.or(one::model);
        }
        return new EmbedAnswer(all, tokens, model, Beside.NONE);
    }
}
