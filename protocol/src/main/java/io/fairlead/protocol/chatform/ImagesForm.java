package io.fairlead.protocol.chatform;

import io.fairlead.protocol.codec.Fields;
import io.fairlead.protocol.json.Json;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Part;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Images that the model made: {@code images} beside the content of a message, in the form of
 * OpenRouter and those who have taken it over. Immutable: any thread.
 */
final class ImagesForm {
    /** The member, and the form of the images in it. */
    static final String IMAGES = "images";

    private final Dialect dialect;

    ImagesForm(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The images of a message or delta; none if there is one that is not understood. */
    List<Part> read(Fields message) {
        Optional<Json> found = message.peek(IMAGES).filter(Json::isArray);
        if (found.isEmpty() || found.get().isEmpty()) {
            return List.of();
        }
        for (Json one : found.get().elements()) {
            boolean image =
                    one.get("type").filter(type -> type.is("image_url")).isPresent()
                            && one.get("image_url")
                                    .flatMap(address -> address.get("url"))
                                    .filter(Json::isString)
                                    .isPresent();
            if (!image) {
                return List.of();
            }
        }
        List<Part> images = new ArrayList<>();
        for (Part part : new PartReader(dialect).readAll(message, IMAGES)) {
            images.add(part.withMarks(part.marks().withBeside(marked(part.marks().beside()))));
        }
        return images;
    }

    private Beside marked(Beside beside) {
        Set<String> forms = new HashSet<>(beside.forms());
        forms.add(IMAGES);
        return new Beside(Optional.of(dialect.protocol()), beside.of(dialect.protocol()), forms);
    }
}
