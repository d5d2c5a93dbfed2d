package io.fairlead.protocol.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.protocol.codec.ChatProtocol;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.codec.WireRequest;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.translate.Protocols;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the tables of differences say holds: whatever feature a request uses, it can be written in
 * each protocol or is refused as the table says, and means the same when it is read again.
 * Stateless: any thread.
 */
public final class TablesTest {
    @Test
    void eachSampleUsesItsFeature() {
        for (Feature feature : Feature.values()) {
            ChatRequest sample = FeatureSamples.of(feature);
            assertThat(new FeatureScan(sample).all()).as("%s", feature).contains(feature);
        }
        assertThat(new FeatureScan(FeatureSamples.plain()).all()).isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> tablesHold() {
        return Protocols.all().stream().flatMap(protocol -> of(protocol));
    }

    /** One test for each feature, for a protocol's own tests. */
    public static Stream<DynamicTest> of(ChatProtocol protocol) {
        return of(protocol, UnaryOperator.identity());
    }

    /**
     * As {@link #of(ChatProtocol)}.
     *
     * @param same what the protocol can't tell apart, done to both of what is compared; each with
     *     its reason where it is given
     */
    public static Stream<DynamicTest> of(ChatProtocol protocol, UnaryOperator<ChatRequest> same) {
        return Arrays.stream(Feature.values())
                .map(feature ->
                        DynamicTest.dynamicTest(
                                protocol.protocol().wireName() + ": " + feature,
                                () -> holds(protocol, feature, same)));
    }

    private static void holds(
            ChatProtocol protocol, Feature feature, UnaryOperator<ChatRequest> same) {
        Differences differences = protocol.differences();
        ModelFacts model = ModelFacts.unknown("some-model");
        ChatRequest sample = fetched(differences, FeatureSamples.of(feature));
        if (differences.of(feature) instanceof Treatment.Refused) {
            assertThatThrownBy(() -> differences.prepare(sample, model))
                    .isInstanceOf(Unsupported.class);
            return;
        }
        Prepared prepared;
        try {
            prepared = differences.prepare(sample, model);
        } catch (Unsupported unsupported) {
            // Another feature that the sample needs, such as the image whose detail it is.
            // Or only some of its forms are refused, such as voices of another provider.
            assertThat(differences.of(unsupported.feature().orElseThrow()))
                    .as("%s", unsupported.feature())
                    .isNotInstanceOf(Treatment.Native.class);
            return;
        }
        assertThat(differences.prepare(prepared.request(), model).request())
                .as("what is prepared needs no preparing")
                .isEqualTo(prepared.request());
        Json body = Json.parse(protocol.writeRequest(prepared.request()).body());
        ChatRequest again =
                protocol.readRequest(wire(protocol.writeRequest(prepared.request()), sample));
        assertThat(Meaning.of(same.apply(unsaid(again))))
                .as("read again from %s", body)
                .isEqualTo(Meaning.of(same.apply(unsaid(prepared.request()))));
    }

    /** Whether thoughts are shown is said where that is not the protocol's default. */
    private static ChatRequest unsaid(ChatRequest request) {
        return request.withThinking(
                request.thinking().map(thinking -> thinking.withShown(Optional.empty())));
    }

    /** What the gateway does before: media are there as bytes where these are wanted. */
    public static ChatRequest fetched(Differences differences, ChatRequest request) {
        Map<Media, Media.Source.Inline> bytes = new HashMap<>();
        for (MediaNeeds.Need need : MediaNeeds.of(differences, request)) {
            String type =
                    switch (need.media().kind()) {
                        case IMAGE -> "image/png";
                        case DOCUMENT -> "application/pdf";
                        case AUDIO -> "audio/wav";
                        case VIDEO -> "video/mp4";
                    };
            bytes.put(need.media(), new Media.Source.Inline(type, FeatureSamples.PNG));
        }
        return MediaRewrites.replaced(request, bytes);
    }

    /** A provider's request as it is on the wire; what the body lacks was in the path. */
    public static WireRequest wire(ProviderRequest written, ChatRequest asked) {
        Json body = Json.parse(written.body());
        Map<String, String> headers = new HashMap<>();
        written.headers().forEach((n, value) -> headers.put(n.toLowerCase(Locale.ROOT), value));
        boolean named = body.get("model").isPresent();
        boolean said = body.get("stream").isPresent();
        return new WireRequest(
                body,
                named ? Optional.empty() : Optional.of(asked.model()),
                said ? Optional.empty() : Optional.of(asked.delivery().stream()),
                headers);
    }
}
