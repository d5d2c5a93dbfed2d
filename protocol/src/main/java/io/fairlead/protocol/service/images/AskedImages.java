package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Dialect;
import io.fairlead.protocol.adapt.MediaNeeds.Need;
import io.fairlead.protocol.adapt.Unsupported;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Media.Source;
import io.fairlead.protocol.service.AskedService;
import io.fairlead.protocol.service.Base64Bytes;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.ToldOnce;
import io.fairlead.protocol.service.Upload;
import io.fairlead.protocol.translate.Translation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request for images, and whom it can be told. Immutable. */
record AskedImages(ImageRequest asked, Map<Dialect, ImageForm> forms) implements AskedService {
    AskedImages {
        forms = Map.copyOf(forms);
    }

    @Override
    public Translation at(Dialect provider, ServiceTarget target) {
        ImageForm form = forms.get(provider);
        if (form == null || !form.offers(asked.endpoint())) {
            throw new Unsupported("model", "its provider makes no such images");
        }
        return new ToldOnce(form.write(asked, target), body -> form.read(asked, target, body));
    }

    @Override
    public List<Need> mediaNeeds(Dialect provider) {
        if (provider == Dialect.XAI) {
            return List.of(); // it fetches them itself
        }
        List<Need> needs = new ArrayList<>();
        for (int i = 0; i < asked.images().size(); i++) {
            Picture picture = asked.images().get(i);
            if (picture.upload().isEmpty()) {
                needs.add(new Need("images[" + i + "].image_url", medium(picture)));
            }
        }
        return needs;
    }

    @Override
    public AskedService with(Map<Media, Source.Inline> fetched) {
        List<Picture> pictures = new ArrayList<>();
        for (Picture picture : asked.images()) {
            Source.Inline bytes = picture.upload().isEmpty() ? fetched.get(medium(picture)) : null;
            pictures.add(
                    bytes == null
                            ? picture
                            : new Picture(
                                    Optional.of(
                                            Upload.of(
                                                    bytes.mediaType(),
                                                    Base64Bytes.of("images", bytes.base64()))),
                                    ""));
        }
        return new AskedImages(asked.withImages(pictures), forms);
    }

    private static Media medium(Picture picture) {
        return Media.url(Media.Kind.IMAGE, picture.url());
    }
}
