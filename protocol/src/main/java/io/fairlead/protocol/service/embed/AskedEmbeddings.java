package io.fairlead.protocol.service.embed;

import io.fairlead.kernel.Dialect;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.translate.Translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A request for vectors, and whom it can be told. Immutable. */
record AskedEmbeddings(EmbedRequest asked, ClientForm client, Map<Dialect, ProviderForm> providers)
        implements AskedService {
    /** Who wants the bytes of images. */
    private static final Set<Dialect> BYTES = Set.of(Dialect.COHERE, Dialect.BEDROCK);

    @Override
    public Translation at(Dialect provider, ServiceTarget target) {
        ProviderForm form = providers.get(provider);
        if (form == null) {
            throw new IllegalStateException(provider + " (expected: one that offers embeddings)");
        }
        return new EmbedTranslation(client, form, asked, target);
    }

    @Override
    public List<Need> mediaNeeds(Dialect provider) {
        if (!BYTES.contains(provider)) {
            return List.of();
        }
        List<Need> needs = new ArrayList<>();
        for (int i = 0; i < asked.inputs().size(); i++) {
            for (Pieces.Piece.Image image : images(asked.inputs().get(i))) {
                if (image.isRemote()) {
                    needs.add(
                            new Need(
                                    asked.single()
                                            ? asked.words().input()
                                            : asked.words().input() + "[" + i + "]",
                                    medium(image.url())));
                }
            }
        }
        return needs;
    }

    @Override
    public AskedService with(Map<Media, Source.Inline> fetched) {
        List<EmbedInput> inputs = new ArrayList<>(asked.inputs().size());
        for (EmbedInput input : asked.inputs()) {
            inputs.add(images(input).isEmpty() ? input : with(input, fetched));
        }
        return new AskedEmbeddings(asked.withInputs(inputs), client, providers);
    }

    private static EmbedInput with(EmbedInput input, Map<Media, Source.Inline> fetched) {
        Content content =
                Pieces.of(input.content())
                        .orElseThrow()
                        .with(url -> {
                            Source.Inline bytes = fetched.get(medium(url));
                            return bytes == null
                                    ? url
                                    : "data:" + bytes.mediaType() + ";base64," + bytes.base64();
                        });
        return new EmbedInput(content, input.settings(), input.beside());
    }

    private static List<Pieces.Piece.Image> images(EmbedInput input) {
        if (input.content() instanceof Content.Text) {
            return List.of();
        }
        Optional<Pieces> pieces = Pieces.of(input.content());
        return pieces.map(Pieces::images).orElse(List.of());
    }

    private static Media medium(String url) {
        return Media.url(Media.Kind.IMAGE, url);
    }
}
