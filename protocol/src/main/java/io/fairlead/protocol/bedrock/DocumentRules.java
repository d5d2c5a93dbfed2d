package io.fairlead.protocol.bedrock;

import io.fairlead.protocol.adapt.ModelFacts;
import io.fairlead.protocol.adapt.PartRewrite;
import io.fairlead.protocol.adapt.Treatment.Rewrite;
import io.fairlead.protocol.json.JsonString;
import io.fairlead.protocol.model.ChatRequest;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Role;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.Turn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What Converse asks of documents: each has a name of letters, digits, single spaces, hyphens and
 * brackets that no other has, and something is said besides in its turn. Names that fit stay; media
 * types become those that the formats of Converse stand for. Pure.
 */
final class DocumentRules implements Rewrite {
    private static final String UNNAMED = "Document";
    private static final String MARKS = "-()[]";
    private static final int LONGEST = 200;

    /** Said where nothing is. */
    private static final String SEE = "See the attached document.";

    @Override
    public ChatRequest apply(ChatRequest request, ModelFacts model) {
        Set<String> names = new HashSet<>();
        ChatRequest named =
                PartRewrite.everywhere(
                        request, part -> part instanceof Media media ? fitted(media, names) : part);
        List<Turn> turns = new ArrayList<>(named.turns().size());
        boolean changed = false;
        for (Turn turn : named.turns()) {
            boolean mute = turn.role() == Role.USER && isMute(turn.parts());
            changed |= mute;
            turns.add(mute ? spoken(turn) : turn);
        }
        return changed ? named.withTurns(turns) : named;
    }

    private static boolean isMute(List<Part> parts) {
        boolean document = false;
        for (Part part : parts) {
            if (part instanceof Text text && !text.words().isBlank()) {
                return false;
            }
            document |= part instanceof Media media && media.kind() == Media.Kind.DOCUMENT;
        }
        return document;
    }

    private static Turn spoken(Turn turn) {
        List<Part> parts = new ArrayList<>(turn.parts());
        parts.add(Text.of(SEE));
        return turn.withParts(parts);
    }

    private static Media fitted(Media media, Set<String> names) {
        Media typed = typed(media);
        if (media.kind() != Media.Kind.DOCUMENT
                || media.marks()
                        .beside()
                        .form(BedrockConverseProtocol.ORIGIN, PartReader.SEARCH_RESULT)) {
            return typed;
        }
        String name = unique(clean(media.name().orElse(UNNAMED)), names);
        return media.name().filter(name::equals).isPresent()
                ? typed
                : new Media(
                        typed.kind(),
                        typed.source(),
                        Optional.of(name),
                        typed.detail(),
                        typed.marks());
    }

    private static Media typed(Media media) {
        return switch (media.source()) {
            case Media.Source.Inline(String type, JsonString base64) -> {
                String known = known(media, type);
                yield known.equals(type)
                        ? media
                        : media.withSource(new Media.Source.Inline(known, base64));
            }
            case Media.Source.Url(String url, Optional<String> type) -> {
                String known = known(media, type.orElse("application/octet-stream"));
                yield type.filter(known::equals).isPresent()
                        ? media
                        : media.withSource(new Media.Source.Url(url, Optional.of(known)));
            }
            case Media.Source.FileId ignored -> media;
            case Media.Source.PlainText ignored -> media;
            case Media.Source.Parts ignored -> media;
        };
    }

    private static String known(Media media, String type) {
        Optional<String> name =
                media.source() instanceof Media.Source.Url(String url, Optional<String> ignored)
                        ? Optional.of(url)
                        : media.name();
        return MediaFormats.type(media.kind(), MediaFormats.format(media.kind(), type, name));
    }

    private static String unique(String name, Set<String> names) {
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "-" + i;
        }
        return unique;
    }

    /** Without the ending of a file, which the format says, and with hyphens for what can't be. */
    private static String clean(String name) {
        int dot = name.lastIndexOf('.');
        String bare = dot > 0 && name.length() - dot <= 5 ? name.substring(0, dot) : name;
        StringBuilder clean = new StringBuilder(bare.length());
        for (int i = 0; i < bare.length() && clean.length() < LONGEST - 10; i++) {
            char c = bare.charAt(i);
            char last = clean.isEmpty() ? ' ' : clean.charAt(clean.length() - 1);
            if (Character.isWhitespace(c)) {
                if (last != ' ') {
                    clean.append(' ');
                }
            } else if (isPlain(c)) {
                clean.append(c);
            } else if (last != '-') {
                clean.append('-');
            }
        }
        String stripped = clean.toString().strip();
        return stripped.isEmpty() ? UNNAMED : stripped;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || MARKS.indexOf(c) >= 0;
    }
}
