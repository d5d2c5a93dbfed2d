package io.fairlead.protocol.adapt;

import io.fairlead.kernel.Usage;
import io.fairlead.protocol.model.Batch;
import io.fairlead.protocol.model.Beside;
import io.fairlead.protocol.model.Citation;
import io.fairlead.protocol.model.Finish;
import io.fairlead.protocol.model.Marks;
import io.fairlead.protocol.model.Media;
import io.fairlead.protocol.model.Part;
import io.fairlead.protocol.model.Reasoning;
import io.fairlead.protocol.model.Refusal;
import io.fairlead.protocol.model.Seal;
import io.fairlead.protocol.model.StreamEvent;
import io.fairlead.protocol.model.StreamEvent.Growth;
import io.fairlead.protocol.model.Text;
import io.fairlead.protocol.model.TokenUsage;
import io.fairlead.protocol.model.ToolCall;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Random streams that obey the grammar of {@link StreamEvent}, as odd as any provider's may be:
 * parts that overlap, parts that never grow, arguments in pieces or none, usage several times,
 * before and behind the finish, several choices, many events in one message. Confined to one
 * thread.
 */
public final class RandomStreams {
    private static final String[] WORDS = {
        "Hello", " world", "\n", "", "日本語", "\"quoted\"", "\\", "😀", " ", "</a>"
    };

    private final RandomGenerator random;
    private final int choices;
    private final List<StreamEvent> events = new ArrayList<>();
    private int calls;

    private RandomStreams(RandomGenerator random, int choices) {
        this.random = random;
        this.choices = choices;
    }

    /** A complete stream of one choice. */
    public static List<Batch> next(RandomGenerator random) {
        return next(random, 1);
    }

    /** A complete stream of up to so many choices. */
    public static List<Batch> next(RandomGenerator random, int mostChoices) {
        return new RandomStreams(random, 1 + random.nextInt(mostChoices)).stream();
    }

    private List<Batch> stream() {
        events.add(
                new StreamEvent.Started(
                        "id-1", "some-model", Optional.of(1_700_000_000L), Beside.NONE));
        for (int choice = 0; choice < choices; choice++) {
            choice(choice);
        }
        maybeUsage();
        if (random.nextBoolean()) {
            usage();
        }
        events.add(new StreamEvent.Ended(Beside.NONE));
        return batches();
    }

    private void choice(int choice) {
        int parts = random.nextInt(5);
        List<Open> open = new ArrayList<>();
        int started = 0;
        boolean called = false;
        while (started < parts || !open.isEmpty()) {
            if (started < parts && (open.isEmpty() || random.nextInt(4) == 0)) {
                Part head = head();
                called |= head instanceof ToolCall;
                events.add(new StreamEvent.PartStarted(choice, started, head, Beside.NONE));
                open.add(new Open(started++, head, growths(head)));
            } else {
                Open part = open.get(random.nextInt(open.size()));
                if (part.growths.isEmpty()) {
                    events.add(new StreamEvent.PartEnded(choice, part.number, Beside.NONE));
                    open.remove(part);
                } else {
                    Growth growth = part.growths.removeFirst();
                    events.add(new StreamEvent.PartGrew(choice, part.number, growth, Beside.NONE));
                }
            }
            maybeUsage();
        }
        Finish.Reason reason =
                called
                        ? Finish.Reason.TOOL_CALLS
                        : random.nextBoolean() ? Finish.Reason.STOP : Finish.Reason.LENGTH;
        events.add(new StreamEvent.ChoiceEnded(choice, Finish.of(reason, ""), Beside.NONE));
    }

    private record Open(int number, Part head, List<Growth> growths) {}

    private Part head() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> Text.of("");
            case 3, 4, 5 -> ToolCall.of("call_" + calls++, "get_weather", "");
            case 6 -> new Reasoning(List.of(), List.of(), Marks.NONE);
            default ->
                    random.nextInt(4) == 0
                            ? random.nextBoolean()
                                    ? Refusal.of("")
                                    : Media.inline(Media.Kind.IMAGE, "image/png", "")
                            : Text.of("");
        };
    }

    private List<Growth> growths(Part head) {
        List<Growth> growths = new ArrayList<>();
        int pieces = random.nextInt(5);
        switch (head) {
            case Text ignored -> {
                for (int i = 0; i < pieces; i++) {
                    growths.add(new Growth.MoreText(word()));
                }
                if (random.nextInt(6) == 0) {
                    growths.add(new Growth.Cited(citation()));
                }
            }
            case Refusal ignored -> growths.add(new Growth.MoreText("No."));
            case Reasoning ignored -> {
                boolean summary = random.nextBoolean();
                for (int i = 0; i < pieces; i++) {
                    growths.add(new Growth.MoreReasoning(word(), summary, i / 2));
                }
                if (random.nextBoolean()) {
                    String owner = random.nextBoolean() ? Seal.ANTHROPIC : Seal.GOOGLE;
                    growths.add(new Growth.Sealed(Seal.signature(owner, "c2VhbA==")));
                }
            }
            case ToolCall ignored -> arguments(growths);
            case Media ignored -> growths.add(new Growth.MoreMedia(FeatureSamples.PNG));
            default -> {}
        }
        return growths;
    }

    /** None at all, an empty piece, or an object in pieces. */
    private void arguments(List<Growth> growths) {
        switch (random.nextInt(5)) {
            case 0 -> {}
            case 1 -> growths.add(new Growth.MoreArguments(""));
            default -> {
                String whole = "{\"city\": \"Os\\u006co 日本\", \"days\": [1, 2, {\"a\": null}]}";
                int at = 0;
                while (at < whole.length()) {
                    int to = Math.min(whole.length(), at + 1 + random.nextInt(20));
                    growths.add(new Growth.MoreArguments(whole.substring(at, to)));
                    at = to;
                }
            }
        }
    }

    private String word() {
        return WORDS[random.nextInt(WORDS.length)];
    }

    private static Citation citation() {
        return new Citation(
                Citation.Kind.WEB,
                Optional.of("https://example.com/"),
                Optional.of("Example"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0L),
                Optional.of(1L),
                Beside.NONE);
    }

    private void maybeUsage() {
        if (random.nextInt(12) == 0) {
            usage();
        }
    }

    private void usage() {
        Usage counts = new Usage(20, 5, 3, 0, 0, events.size(), 2, 0, 0);
        events.add(new StreamEvent.UsageKnown(TokenUsage.of(counts), Beside.NONE));
    }

    /** Cut into messages of one or several events. */
    private List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        int at = 0;
        while (at < events.size()) {
            int to = Math.min(events.size(), at + 1 + random.nextInt(3));
            batches.add(new Batch(events.subList(at, to), Beside.NONE));
            at = to;
        }
        return batches;
    }
}
