package io.fairlead.protocol.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.kernel.Protocol;
import io.fairlead.protocol.Recordings.Exchange;
import io.fairlead.protocol.adapt.Feature;
import io.fairlead.protocol.adapt.Meaning;
import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.Prepared;
import io.fairlead.protocol.adapt.SchemaRewrites;
import io.fairlead.protocol.adapt.TablesTest;
import io.fairlead.protocol.adapt.Treatment;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Thinking;
import io.fairlead.protocol.schema.SchemaDialect;
import io.fairlead.protocol.translate.ValueDifferences.Difference;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every recorded request of every protocol, told to providers of every other protocol and back:
 * what the provider reads is what was prepared for it, and what is missing when it is back belongs
 * to a feature that the tables emulate, drop or refuse.
 */
final class ThereAndBackTest {
    @TestFactory
    Stream<DynamicTest> requestsMeanTheSameThereAndBack() {
        return Protocols.all().stream()
                .flatMap(client ->
                        Protocols.all().stream()
                                .filter(provider -> !provider.equals(client))
                                .map(provider ->
                                        DynamicTest.dynamicTest(
                                                client.protocol().wireName()
                                                        + " asks "
                                                        + provider.protocol().wireName(),
                                                () -> pair(client, provider))));
    }

    private static void pair(ChatProtocol client, ChatProtocol provider) {
        List<String> wrong = new ArrayList<>();
        int asked = 0;
        for (Exchange exchange : Conversations.of(client)) {
            if (exchange.request().isPresent()) {
                asked++;
                thereAndBack(exchange, client, provider, wrong);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(asked).isEqualTo(RecordedCounts.requests(client.protocol()));
    }

    private static void thereAndBack(
            Exchange exchange, ChatProtocol client, ChatProtocol provider, List<String> wrong) {
        ChatRequest asked = client.readRequest(Conversations.request(client, exchange));
        Prepared there;
        try {
            there = prepared(provider, asked);
        } catch (Unsupported refused) {
            refuses(provider, refused);
            return;
        }
        ChatRequest read = again(provider, there.request());
        for (Difference difference : ValueDifferences.of(said(there.request()), said(read))) {
            if (!PreparedLosses.explains(provider.protocol(), difference)) {
                wrong.add(exchange.id() + ": prepared: " + difference);
            }
        }
        Prepared back;
        try {
            back = prepared(client, read);
        } catch (Unsupported refused) {
            refuses(client, refused);
            return;
        }
        Set<Feature> touched = EnumSet.noneOf(Feature.class);
        touched.addAll(there.emulated());
        touched.addAll(there.dropped());
        if (asked.thinking().filter(t -> t.mode() == Thinking.Mode.ON).isPresent()) {
            // To think at all is said as an effort where there is no other switch.
            touched.add(Feature.REASONING_EFFORT);
        }
        ChatRequest fetched =
                TablesTest.fetched(
                        client.differences(), TablesTest.fetched(provider.differences(), asked));
        touched.addAll(back.emulated());
        touched.addAll(back.dropped());
        differences(
                exchange.id(),
                "asked",
                isGoogle(provider) || isGoogle(client) ? inGooglesWords(fetched) : fetched,
                again(client, back.request()),
                touched,
                wrong);
    }

    /** Whether thoughts are shown is said where that is not the protocol's default. */
    private static ChatRequest said(ChatRequest request) {
        return Meaning.of(
                request.withThinking(request.thinking().map(t -> t.withShown(Optional.empty()))));
    }

    /**
     * All but the conversation, whose turns are merged and split by protocols: that is compared by
     * what is said in it. A schema's name says nothing to the model that the schema does not say.
     */
    private static ChatRequest withoutTurns(ChatRequest request) {
        ChatRequest meant = said(request).withTurns(List.of());
        ChatRequest bare =
                SchemaRewrites.bareFormat().apply(meant, ModelFacts.unknown(request.model()));
        return bare.withThinking(
                        bare.thinking()
                                .map(t ->
                                        t.mode() == Thinking.Mode.ON
                                                ? t.withMode(Thinking.Mode.DEFAULT)
                                                : t)
                                .filter(ThereAndBackTest::says))
                .withDelivery(
                        bare.delivery().withStore(bare.delivery().store().filter(kept -> kept)));
    }

    /** To think is what a model that can does, unless it is told how much, or not to. */
    private static boolean says(Thinking thinking) {
        return thinking.mode() == Thinking.Mode.OFF
                || thinking.effort().isPresent()
                || thinking.budget().isPresent()
                || thinking.summary().isPresent();
    }

    private static boolean isGoogle(ChatProtocol protocol) {
        return protocol.protocol() == Protocol.GEMINI
                || protocol.protocol() == Protocol.VERTEX_GEMINI;
    }

    /** With schemas as Google takes them, which mean the same: {@code EqualMeaningTest}. */
    private static ChatRequest inGooglesWords(ChatRequest asked) {
        ModelFacts model = ModelFacts.unknown(asked.model());
        ChatRequest tools =
                SchemaRewrites.parametersIn(SchemaDialect.GEMINI_JSON).apply(asked, model);
        return SchemaRewrites.formatIn(SchemaDialect.GEMINI_JSON).apply(tools, model);
    }

    /** Nothing is refused that the table says is native. */
    private static void refuses(ChatProtocol protocol, Unsupported refused) {
        assertThat(protocol.differences().of(refused.feature().orElseThrow()))
                .as("%s", refused.feature())
                .isNotInstanceOf(Treatment.Native.class);
    }

    private static Prepared prepared(ChatProtocol protocol, ChatRequest request) {
        ChatRequest fetched = TablesTest.fetched(protocol.differences(), request);
        return protocol.differences().prepare(fetched, ModelFacts.unknown(request.model()));
    }

    private static ChatRequest again(ChatProtocol protocol, ChatRequest request) {
        return protocol.readRequest(TablesTest.wire(protocol.writeRequest(request), request));
    }

    private static void differences(
            String id,
            String what,
            ChatRequest before,
            ChatRequest after,
            Set<Feature> touched,
            List<String> wrong) {
        for (Difference difference :
                ValueDifferences.of(withoutTurns(before), withoutTurns(after))) {
            if (!RequestAspects.touched(difference.path(), touched)) {
                wrong.add("%s: %s %s; touched were %s".formatted(id, what, difference, touched));
            }
        }
        Map<String, Object> said = RequestAspects.of(Meaning.of(before));
        Map<String, Object> told = RequestAspects.of(Meaning.of(after));
        Set<String> names = new TreeSet<>(said.keySet());
        names.addAll(told.keySet());
        for (String name : names) {
            Object one = said.getOrDefault(name, "nothing");
            Object other = told.getOrDefault(name, "nothing");
            if (!one.equals(other) && !RequestAspects.touched(name, touched)) {
                wrong.add(
                        "%s: %s: %s %s, read %s; touched were %s"
                                .formatted(id, name, what, cut(one), cut(other), touched));
            }
        }
    }

    private static String cut(Object what) {
        String text = what.toString();
        return text.length() <= 400 ? text : text.substring(0, 400) + "...";
    }
}
