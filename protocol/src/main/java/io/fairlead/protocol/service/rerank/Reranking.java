package io.fairlead.protocol.service.rerank;

import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Service;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.Unreadable;
import io.fairlead.protocol.service.AnswerFault;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.ServiceForms;
import io.fairlead.protocol.service.ServiceRequest;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.service.ToldOnce;
import io.fairlead.protocol.translate.Translation;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ranking of documents in all its forms. Immutable. */
public final class Reranking implements ServiceForms {
    /** Those that take what clients of Cohere and Jina say, as it is. */
    private static final Set<Dialect> SAME = Set.of(Dialect.OPENAI, Dialect.JINA);

    private static final Map<Dialect, RankForm> OTHERS =
            new EnumMap<>(
                    Map.of(
                            Dialect.COHERE, new CohereRank(),
                            Dialect.VOYAGE, new VoyageRank(),
                            Dialect.BEDROCK, new BedrockRank()));

    @Override
    public Service service() {
        return Service.RERANK;
    }

    @Override
    public boolean offers(Dialect provider, Endpoint client) {
        return SAME.contains(provider) || OTHERS.containsKey(provider);
    }

    /** Cohere's second version does not have all of the first, which clients speak too. */
    @Override
    public boolean same(Endpoint client, Dialect provider) {
        return SAME.contains(provider);
    }

    @Override
    public Unary watched(Endpoint client, Dialect provider, byte[] body) {
        try {
            return unary(
                    body,
                    RankReading.of(
                            Fields.parse(body), "results", "relevance_score", RankClient.ORIGIN));
        } catch (Unreadable unreadable) {
            return Unary.broken(AnswerFault.of(body, unreadable));
        }
    }

    private static Unary unary(byte[] told, RankAnswer answer) {
        return Unary.json(told, usage(answer), answer.model(), Optional.empty());
    }

    private static Optional<Usage> usage(RankAnswer answer) {
        if (answer.tokens().isEmpty() && answer.units().isEmpty()) {
            return Optional.empty();
        }
        Usage tokens = Usage.of(answer.tokens().orElse(0L), 0);
        return Optional.of(answer.units().map(tokens::billedAs).orElse(tokens));
    }

    @Override
    public AskedService read(ServiceRequest request) {
        RankRequest asked = RankClient.read(Fields.parse(request.body()));
        return (provider, target) -> translation(asked, form(provider), target);
    }

    private static RankForm form(Dialect provider) {
        RankForm form = OTHERS.get(provider);
        if (form == null) {
            throw new IllegalStateException(provider + " (expected: one that is told otherwise)");
        }
        return form;
    }

    private static Translation translation(RankRequest asked, RankForm form, ServiceTarget target) {
        Set<String> dropped = new LinkedHashSet<>();
        ProviderRequest request = form.write(asked, target.model(), dropped);
        return new ToldOnce(
                new Told(request, List.copyOf(dropped)), body -> answer(asked, form, target, body));
    }

    private static Unary answer(
            RankRequest asked, RankForm form, ServiceTarget target, byte[] body) {
        RankAnswer answer;
        try {
            answer = form.read(Fields.parse(body));
        } catch (Unreadable unreadable) {
            return Unary.broken(AnswerFault.of(body, unreadable));
        }
        for (RankAnswer.Ranked ranked : answer.results()) {
            if (ranked.index() >= asked.documents().size()) {
                throw new Unreadable("results", "rank a document that was not sent");
            }
        }
        return unary(RankClient.write(answer, asked, target), answer);
    }
}
