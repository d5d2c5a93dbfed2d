package io.fairlead.protocol.adapt;

import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.ToolResult;

import java.util.ArrayList;
import java.util.List;

/**
 * Which media of a request must be fetched before {@link Differences#prepare}, because the protocol
 * wants their bytes. Stateless: any thread.
 */
public final class MediaNeeds {
    /**
     * A medium to be fetched.
     *
     * @param path where it stands, for errors: {@code messages[0].content[1]}, counted in turns and
     *     parts of the canonical model
     * @param media its source is an address on the web
     */
    public record Need(String path, Media media) {}

    private final Differences differences;
    private final List<Need> found = new ArrayList<>();

    private MediaNeeds(Differences differences) {
        this.differences = differences;
    }

    /** In the order they stand; the same medium as often as it stands there. */
    public static List<Need> of(Differences differences, ChatRequest request) {
        MediaNeeds needs = new MediaNeeds(differences);
        for (int i = 0; i < request.turns().size(); i++) {
            needs.parts("messages[" + i + "].content", request.turns().get(i).parts());
        }
        return List.copyOf(needs.found);
    }

    private void parts(String path, List<Part> parts) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part instanceof ToolResult result) {
                parts(path + "[" + i + "].content", result.content());
            } else if (part instanceof Media media) {
                media(path + "[" + i + "]", media);
            }
        }
    }

    private void media(String path, Media media) {
        if (media.source() instanceof Media.Source.Parts(List<Part> parts)) {
            parts(path + ".content", parts);
        } else if (differences.of(MediaFeatures.of(media))
                        instanceof Treatment.Emulated(String ignored, Treatment.Rewrite rewrite)
                && rewrite instanceof MediaRewrites.Fetched fetched
                && fetched.needs(MediaRewrites.dataInline(media))) {
            found.add(new Need(path, media));
        }
    }
}
