package io.fairlead.protocol.model;

import java.util.List;

/**
 * What the model thought before it spoke. The seal of {@link #marks} vouches for it, or holds what
 * is not shown. Immutable.
 *
 * @param content the thoughts themselves, in sections; empty where only a summary or a seal is
 *     given
 * @param summary what the provider made of them for people, in sections
 */
public record Reasoning(List<String> content, List<String> summary, Marks marks) implements Part {
    public Reasoning {
        content = List.copyOf(content);
        summary = List.copyOf(summary);
    }

    public static Reasoning of(String text) {
        return new Reasoning(List.of(text), List.of(), Marks.NONE);
    }

    /** All there is to be read: the content, or else the summary, sections with a blank line. */
    public String text() {
        return String.join("\n\n", content.isEmpty() ? summary : content);
    }

    /**
     * One for each kind of text there is, for protocols that have one: first what was made for
     * people, then the thoughts themselves, with what vouches for them.
     */
    public List<Reasoning> apart() {
        return content.isEmpty() || summary.isEmpty()
                ? List.of(this)
                : List.of(
                        new Reasoning(List.of(), summary, Marks.NONE),
                        new Reasoning(content, List.of(), marks));
    }

    @Override
    public Reasoning withMarks(Marks newMarks) {
        return new Reasoning(content, summary, newMarks);
    }
}
