package io.fairlead.protocol.service.images;

import io.fairlead.kernel.Endpoint;
import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.codec.Paths;
import io.fairlead.protocol.codec.ProviderRequest;
import io.fairlead.protocol.service.Blocked;
import io.fairlead.protocol.service.FormWriter;
import io.fairlead.protocol.service.ServiceTarget;
import io.fairlead.protocol.service.Told;
import io.fairlead.protocol.service.images.ImagesWriter.Made;
import io.fairlead.protocol.translate.Translation.Unary;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stability: a form to the path of a model, and one image in JSON. Stateless: any thread. */
final class StabilityImages implements ImageForm {
    static final Ratios RATIOS =
            new Ratios(List.of("1:1", "16:9", "21:9", "2:3", "3:2", "4:5", "5:4", "9:16", "9:21"));

    @Override
    public boolean offers(Endpoint client) {
        return client == Endpoint.IMAGE_GENERATIONS;
    }

    @Override
    public Told write(ImageRequest asked, ServiceTarget target) {
        asked.refuseOpenAisOwn();
        asked.refuseMoreThan(1);
        asked.refuseFormatsBut("Stability", List.of("png", "jpeg", "webp"));
        List<String> dropped = asked.wishesAndQuality();
        FormWriter form =
                new FormWriter(target.id())
                        .field("prompt", asked.prompt())
                        .field("aspect_ratio", RATIOS.of(asked, dropped))
                        .field("output_format", asked.format().orElse("png"));
        ProviderRequest written = form(form, target.model());
        return new Told(
                new ProviderRequest(
                        written.path(),
                        Map.of(
                                "content-type",
                                written.headers().getOrDefault("content-type", ""),
                                "accept",
                                "application/json"),
                        written.body()),
                dropped);
    }

    /** Core and Ultra have paths of their own, all of Stable Diffusion 3 share one. */
    private static ProviderRequest form(FormWriter form, String model) {
        if (model.startsWith("sd3")) {
            form.field("model", model);
        }
        String name =
                model.startsWith("sd3")
                        ? "sd3"
                        : model.startsWith("stable-image-")
                                ? model.substring("stable-image-".length())
                                : model;
        return form.to("/stable-image/generate/" + Paths.segment(name));
    }

    @Override
    public Unary read(ImageRequest asked, ServiceTarget target, byte[] body) {
        Fields answer = Fields.ofAnswer(Fields.parse(body));
        String finish = answer.text("finish_reason").orElse("SUCCESS");
        if (!finish.equals("SUCCESS")) {
            throw new Blocked(finish);
        }
        return ImagesWriter.write(
                new Made(
                        List.of(answer.needText("image")),
                        "image/" + asked.format().orElse("png"),
                        "",
                        Optional.empty()),
                target);
    }
}
