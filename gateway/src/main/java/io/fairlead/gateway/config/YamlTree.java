package io.fairlead.gateway.config;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes a tree with positions of a YAML 1.2 text (so of JSON, too), with variables put in. Depth
 * and size are bounded, aliases counted at what they stand for, so no short text makes a huge tree.
 * Confined to one thread.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_NODES = 200_000;

    private final Reading in;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int nodes;

    private record Anchored(Node node, int size) {}

    /** Ends the reading; the problem is already noted. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super(null, null, false, false);
        }
    }

    private YamlTree(String text, Reading in) {
        this.in = in;
        LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
        this.events = new Parse(settings).parseString(text).iterator();
    }

    /** The tree of {@code text}; empty if there is nothing in it or it is no YAML. */
    static Optional<Node> read(String text, Reading in) {
        try {
            return new YamlTree(text, in).document();
        } catch (Refused _) {
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            Node.Position at =
                    e.getProblemMark().map(YamlTree::position).orElse(Node.Position.START);
            in.problem(
                    at,
                    "",
                    "text that is no YAML: " + Node.onOneLine(e.getProblem(), 200),
                    "YAML 1.2");
            return Optional.empty();
        } catch (YamlEngineException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            in.problem(
                    Node.Position.START,
                    "",
                    "text that is no YAML: " + Node.onOneLine(reason, 200),
                    "YAML 1.2");
            return Optional.empty();
        }
    }

    private Optional<Node> document() {
        Optional<Node> root = Optional.empty();
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent) {
                if (root.isPresent()) {
                    throw refuse(event, "a second document", "one document");
                }
                root = Optional.of(node(event, "", 0));
            }
        }
        return root;
    }

    private Node node(Event event, String path, int depth) {
        if (depth > MAX_DEPTH) {
            throw refuse(event, "more than " + MAX_DEPTH + " levels", "less depth");
        }
        int before = nodes;
        count(event, 1);
        // not a switch over the types: the JVM makes classes for the first of those at each start
        if (event instanceof AliasEvent alias) {
            return alias(alias);
        }
        if (event instanceof ScalarEvent scalar) {
            tagless(scalar.getTag(), scalar);
            return keep(scalar.getAnchor(), scalar(scalar, path), before);
        }
        if (event instanceof SequenceStartEvent start) {
            tagless(start.getTag(), start);
            return keep(start.getAnchor(), sequence(start, path, depth), before);
        }
        if (event instanceof MappingStartEvent start) {
            tagless(start.getTag(), start);
            return keep(start.getAnchor(), mapping(start, path, depth), before);
        }
        throw refuse(event, "an unexpected end", "a value");
    }

    private Node alias(AliasEvent event) {
        Anchored anchored = anchors.get(event.getAlias());
        if (anchored == null) {
            throw refuse(
                    event,
                    "the alias *" + event.getAlias().getValue() + " without its anchor before it",
                    "an anchor");
        }
        count(event, anchored.size());
        return anchored.node();
    }

    private Node keep(Optional<Anchor> anchor, Node node, int before) {
        anchor.ifPresent(name -> anchors.put(name, new Anchored(node, nodes - before)));
        return node;
    }

    private Node.Scalar scalar(ScalarEvent event, String path) {
        Node.Position at = at(event);
        String raw = event.getValue();
        Optional<String> text =
                Substitution.apply(
                        raw,
                        in.environment(),
                        found ->
                                in.problem(
                                        at,
                                        path,
                                        found,
                                        "a variable that is set, or ${NAME:-default}"));
        return new Node.Scalar(at, raw, text.orElse(""), event.isPlain(), text.isPresent());
    }

    private Node.Sequence sequence(Event start, String path, int depth) {
        List<Node> items = new ArrayList<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.SequenceEnd) {
            items.add(node(event, path + "[" + items.size() + "]", depth + 1));
            event = events.next();
        }
        return new Node.Sequence(at(start), List.copyOf(items));
    }

    private Node.Mapping mapping(Event start, String path, int depth) {
        List<Node.Entry> entries = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Event event = events.next();
        while (event.getEventId() != Event.ID.MappingEnd) {
            if (!(event instanceof ScalarEvent scalar)) {
                throw refuse(event, "a key that is no text", "a name");
            }
            count(event, 1);
            String name = scalar.getValue();
            Node.Scalar key = new Node.Scalar(at(event), name, name, scalar.isPlain(), true);
            String inner = Reading.join(path, name);
            Node value = node(events.next(), inner, depth + 1);
            if (seen.add(name)) {
                entries.add(new Node.Entry(key, value));
            } else {
                in.problem(key.at(), inner, "the key for a second time", "each key once");
            }
            event = events.next();
        }
        return new Node.Mapping(at(start), List.copyOf(entries));
    }

    private void count(Event event, int more) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw refuse(event, "more than " + MAX_NODES + " values", "a smaller file");
        }
    }

    private void tagless(Optional<?> tag, Event event) {
        if (tag.isPresent()) {
            throw refuse(event, "the tag " + Node.quote(tag.get().toString()), "no tags");
        }
    }

    private Refused refuse(Event event, String found, String expected) {
        in.problem(at(event), "", found, expected);
        return new Refused();
    }

    private static Node.Position at(Event event) {
        return event.getStartMark().map(YamlTree::position).orElse(Node.Position.START);
    }

    private static Node.Position position(Mark mark) {
        return new Node.Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
