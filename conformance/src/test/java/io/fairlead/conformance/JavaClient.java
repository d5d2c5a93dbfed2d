package io.fairlead.conformance;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An SDK for Java as a client of the matrix. Implementations may be used by one thread at a time.
 *
 * @param <M> the SDK's own type of messages
 */
interface JavaClient<M> {
    /** What a user says: words, an image or a document. */
    sealed interface Piece {
        record Words(String text) implements Piece {}

        record Image(String base64) implements Piece {}

        record Pdf(String base64) implements Piece {}
    }

    /**
     * A tool to offer.
     *
     * @param parameters a JSON schema
     */
    record ToolSpec(String name, String description, Map<String, Object> parameters) {}

    /**
     * A call of a tool.
     *
     * @param input a JSON object
     */
    record Call(String id, String name, String input) {}

    /**
     * What to ask for besides the conversation.
     *
     * @param choice the tool that must be called
     * @param schema of the answer
     * @param json whether the answer is to be JSON of any kind
     * @param piece run for each piece of a stream
     * @param timeout of the whole call
     */
    record Options(
            boolean stream,
            Optional<String> system,
            List<ToolSpec> tools,
            Optional<String> choice,
            Optional<Map<String, Object>> schema,
            boolean json,
            boolean think,
            Optional<String> stop,
            Runnable piece,
            Duration timeout) {
        static Options of(boolean stream) {
            return new Options(
                    stream,
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false,
                    Optional.empty(),
                    () -> {},
                    Duration.ofSeconds(60));
        }

        Options withSystem(String text) {
            return new Options(
                    stream,
                    Optional.of(text),
                    tools,
                    choice,
                    schema,
                    json,
                    think,
                    stop,
                    piece,
                    timeout);
        }

        Options withTools(ToolSpec... offered) {
            return new Options(
                    stream,
                    system,
                    List.of(offered),
                    choice,
                    schema,
                    json,
                    think,
                    stop,
                    piece,
                    timeout);
        }

        Options withChoice(Optional<String> name) {
            return new Options(
                    stream, system, tools, name, schema, json, think, stop, piece, timeout);
        }

        Options withSchema(Map<String, Object> wanted) {
            return new Options(
                    stream,
                    system,
                    tools,
                    choice,
                    Optional.of(wanted),
                    json,
                    think,
                    stop,
                    piece,
                    timeout);
        }

        Options asJson() {
            return new Options(
                    stream, system, tools, choice, schema, true, think, stop, piece, timeout);
        }

        Options thinking() {
            return new Options(
                    stream, system, tools, choice, schema, json, true, stop, piece, timeout);
        }

        Options withStop(String text) {
            return new Options(
                    stream,
                    system,
                    tools,
                    choice,
                    schema,
                    json,
                    think,
                    Optional.of(text),
                    piece,
                    timeout);
        }

        Options onPiece(Runnable action) {
            return new Options(
                    stream, system, tools, choice, schema, json, think, stop, action, timeout);
        }

        Options within(Duration limit) {
            return new Options(
                    stream, system, tools, choice, schema, json, think, stop, piece, limit);
        }
    }

    /**
     * What came of it.
     *
     * @param finish {@code stop}, {@code length}, {@code tools}, {@code filter} or {@code refusal}
     * @param said what the next request is to repeat
     */
    record Answer<M>(
            String text,
            String refusal,
            String thoughts,
            List<Call> calls,
            String finish,
            long input,
            long output,
            List<M> said) {}

    /** As it stands in the matrix. */
    String name();

    /** Cases that this client can't ask for, and why. */
    Map<String, String> lacks();

    M user(Piece... pieces);

    M assistant(String text);

    List<M> results(List<Call> calls, List<String> outputs);

    Answer<M> ask(String model, List<M> conversation, Options options) throws Exception;

    /** Whether this is the SDK's own error of that status. */
    boolean isError(Throwable error, int status);
}
