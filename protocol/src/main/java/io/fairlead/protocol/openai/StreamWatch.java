package io.fairlead.protocol.openai;

import static io.fairlead.protocol.json.JsonText.utf8;

import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.Usage;
import io.fairlead.protocol.codec.StreamSignal;
import io.fairlead.protocol.error.ErrorBody;
import io.fairlead.protocol.error.ProviderFaults;
import io.fairlead.protocol.json.JsonCursor;
import io.fairlead.protocol.json.JsonEdit;
import io.fairlead.protocol.json.MalformedJson;
import io.fairlead.protocol.sse.SseScanner;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Optional;

/**
 * Watches the events of a streamed answer: classifies each and remembers usage, model, finish
 * reason and errors. Knows chunks of chats and completions, and the typed events of responses,
 * images and audio; what it does not know counts as output. Allocates nothing for an event of plain
 * output. One per attempt; confined to one thread.
 */
public final class StreamWatch {
    private static final byte[] DONE = utf8("[DONE]");
    private static final byte[] ERROR = utf8("error");
    private static final byte[] CHOICES = utf8("choices");
    private static final byte[] USAGE = utf8("usage");
    private static final byte[] USAGE_METADATA = utf8("usageMetadata");
    private static final byte[] X_GROQ = utf8("x_groq");
    private static final byte[] MODEL = utf8("model");
    private static final byte[] OBJECT = utf8("object");
    private static final byte[] TYPE = utf8("type");
    private static final byte[] RESPONSE = utf8("response");
    private static final byte[] MESSAGE = utf8("message");
    private static final byte[] ITEM = utf8("item");
    private static final byte[] DELTA = utf8("delta");
    private static final byte[] STATUS = utf8("status");
    private static final byte[] CALL_SUFFIX = utf8("_call\"");
    private static final byte[] SEQUENCE_NUMBER = utf8("sequence_number");

    private final JsonCursor cursor = new JsonCursor();
    private final ChunkScan chunk = new ChunkScan();
    private final UsageScan usage = new UsageScan();
    private final EventType type = new EventType();

    private final boolean passthrough;
    private byte[] data = {};
    private boolean outputSeen;
    private boolean finishSeen;
    private boolean doneSeen;
    private boolean unknownForm;
    private boolean typedCall;
    private long outputCharacters;
    private long sequenceNumber = -1;
    private @Nullable String model;
    private @Nullable String typedFinish;
    private @Nullable ProviderFault fault;

    // What the current event has, set while its members are read.
    private boolean hasChoices;
    private boolean hasUsage;
    private int usageFrom;
    private int usageTo;
    private boolean hasError;
    private boolean hasObject;
    private boolean errorObject;
    private boolean deltaWithText;
    private boolean itemIsCall;

    /**
     * @param endpoint with {@link Endpoint#PASSTHROUGH} all data is output, and no more than usage
     *     and model are looked for
     */
    public StreamWatch(Endpoint endpoint) {
        this.passthrough = endpoint == Endpoint.PASSTHROUGH;
    }

    /** Takes the scanner's current event. */
    public StreamSignal accept(SseScanner event) {
        if (event.dataLines() == 0) {
            begin();
            return StreamSignal.NOTHING_YET;
        }
        return accept(event.dataBytes(), event.dataFrom(), event.dataTo(), event.nameIs(ERROR));
    }

    /**
     * Takes the data of one event.
     *
     * @param namedError the event is called {@code error}
     */
    public StreamSignal accept(byte[] newData, int from, int to, boolean namedError) {
        data = newData;
        begin();
        if (to - from == DONE.length && Arrays.equals(data, from, to, DONE, 0, DONE.length)) {
            doneSeen = true;
            return StreamSignal.DONE;
        }
        if (from == to) {
            return StreamSignal.NOTHING_YET;
        }
        if (namedError) {
            return failed(from, to);
        }
        try {
            cursor.reset(data, from, to);
            if (cursor.kind() != '{') {
                return unreadable("an event that is no JSON object");
            }
            readMembers();
            cursor.finish();
        } catch (MalformedJson malformed) {
            return unreadable("an event with malformed JSON: " + malformed.getMessage());
        }
        if (hasError || errorObject || chunk.failed() || type.kind() == EventType.Kind.ERROR) {
            return failed(from, to);
        }
        if (passthrough) {
            return output();
        }
        return type.present() ? typedSignal() : chunkSignal();
    }

    private void begin() {
        chunk.begin();
        type.begin();
        hasChoices = false;
        hasUsage = false;
        usageTo = 0;
        hasError = false;
        hasObject = false;
        errorObject = false;
        deltaWithText = false;
        itemIsCall = false;
    }

    private void readMembers() {
        cursor.enterObject();
        while (cursor.nextMember()) {
            switch (cursor.keyLength()) {
                case 4 -> readShort();
                case 5 -> readFive();
                case 6 -> readSix();
                case 7 -> {
                    if (cursor.keyIs(CHOICES)) {
                        hasChoices = true;
                        chunk.read(cursor);
                    } else if (cursor.keyIs(MESSAGE)) {
                        readInner();
                    }
                }
                case 8 -> {
                    if (cursor.keyIs(RESPONSE)) {
                        readInner();
                    }
                }
                case 13 -> {
                    if (cursor.keyIs(USAGE_METADATA)) {
                        usage.read(cursor);
                    }
                }
                case 15 -> {
                    if (cursor.keyIs(SEQUENCE_NUMBER) && cursor.kind() == '0') {
                        sequenceNumber = cursor.count();
                    }
                }
                default -> {}
            }
        }
    }

    private void readShort() {
        if (cursor.keyIs(TYPE) && cursor.kind() == '"') {
            int from = cursor.position() + 1;
            cursor.skipValue();
            type.set(data, from, cursor.position() - 1);
        } else if (cursor.keyIs(ITEM)) {
            readItem();
        }
    }

    private void readFive() {
        if (cursor.keyIs(USAGE)) {
            readUsage();
        } else if (cursor.keyIs(MODEL)) {
            readModel();
        } else if (cursor.keyIs(ERROR)) {
            hasError = cursor.kind() == '{' || cursor.nonEmptyString();
        } else if (cursor.keyIs(DELTA)) {
            readDelta();
        }
    }

    private void readUsage() {
        usageFrom = cursor.keyFrom() - 1;
        if (cursor.kind() == '{') {
            hasUsage = true;
            usage.read(cursor);
        } else {
            cursor.skipValue();
        }
        usageTo = cursor.position();
    }

    private void readSix() {
        if (cursor.keyIs(OBJECT)) {
            hasObject = true;
            errorObject = cursor.stringIs(ERROR);
        } else if (cursor.keyIs(X_GROQ)) {
            readInner();
        }
    }

    private void readModel() {
        if (model == null && cursor.nonEmptyString()) {
            model = cursor.string();
        }
    }

    private void readDelta() {
        if (cursor.nonEmptyString()) {
            deltaWithText = true;
            int from = cursor.position();
            cursor.skipValue();
            outputCharacters += cursor.position() - from - 2;
        } else {
            deltaWithText |= cursor.kind() == '{';
        }
    }

    /** An object that holds what others have at the top: {@code response}, {@code x_groq}. */
    private void readInner() {
        if (cursor.kind() != '{') {
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(USAGE)) {
                usage.read(cursor);
            } else if (cursor.keyIs(MODEL)) {
                readModel();
            } else if (cursor.keyIs(STATUS) && cursor.kind() == '"') {
                int from = cursor.position() + 1;
                cursor.skipValue();
                type.setStatus(data, from, cursor.position() - 1);
            }
        }
    }

    private void readItem() {
        if (cursor.kind() != '{') {
            return;
        }
        cursor.enterObject();
        while (cursor.nextMember()) {
            if (cursor.keyIs(TYPE) && cursor.kind() == '"') {
                cursor.skipValue();
                itemIsCall = cursor.endsWith(CALL_SUFFIX);
            }
        }
    }

    private StreamSignal chunkSignal() {
        outputCharacters += chunk.characters();
        finishSeen |= chunk.finished();
        if (!hasChoices && !hasUsage && !hasObject) {
            unknownForm = true;
            return output();
        }
        if (chunk.output()) {
            return output();
        }
        return chunk.finished() ? StreamSignal.FINISH : StreamSignal.NOTHING_YET;
    }

    private StreamSignal typedSignal() {
        typedCall |= itemIsCall;
        return switch (type.kind()) {
            case PROGRESS -> StreamSignal.NOTHING_YET;
            case ITEM_ADDED -> itemIsCall ? output() : StreamSignal.NOTHING_YET;
            case DELTA -> deltaWithText ? output() : StreamSignal.NOTHING_YET;
            case OUTPUT -> output();
            case END_WITH_OUTPUT -> {
                outputSeen = true;
                yield finish();
            }
            case END -> finish();
            case UNKNOWN -> {
                unknownForm = true;
                yield output();
            }
            case ERROR -> StreamSignal.ERROR;
        };
    }

    private StreamSignal output() {
        outputSeen = true;
        return StreamSignal.OUTPUT;
    }

    private StreamSignal finish() {
        finishSeen = true;
        typedFinish = type.status();
        return StreamSignal.FINISH;
    }

    private StreamSignal failed(int from, int to) {
        if (passthrough) {
            outputSeen = true;
            return StreamSignal.ERROR;
        }
        ErrorBody error = ErrorBody.read(data, from, to);
        fault = ProviderFaults.inStream(error);
        return StreamSignal.ERROR;
    }

    private StreamSignal unreadable(String what) {
        if (passthrough) {
            return output();
        }
        fault = new ProviderFault.Malformed("the provider sent " + what);
        return StreamSignal.ERROR;
    }

    /** Whether there was any output. */
    public boolean outputSeen() {
        return outputSeen;
    }

    /** Whether the proper end was seen: a finish reason, a terminal event or {@code [DONE]}. */
    public boolean complete() {
        return finishSeen || doneSeen;
    }

    /** Whether there was a finish reason or a terminal event. */
    public boolean finishSeen() {
        return finishSeen;
    }

    /** Whether all output was of a form that has no proper end we know of. */
    boolean unknownForm() {
        return unknownForm;
    }

    /** Whether there was a tool call. */
    public boolean callSeen() {
        return chunk.call() || typedCall;
    }

    /** Whether the last event was a chunk that has nothing but usage. */
    boolean usageOnly() {
        return hasUsage && hasChoices && chunk.choices() == 0;
    }

    /** End of the last event's {@code usage} member; 0: it has none. */
    int usageTo() {
        return usageTo;
    }

    /** Takes the {@code usage} member, be it null, out of the last event. */
    void dropUsage(JsonEdit edit) {
        int before = usageFrom - 1;
        while (data[before] <= ' ') {
            before--;
        }
        if (data[before] == ',') {
            edit.delete(before, usageTo);
            return;
        }
        int behind = usageTo;
        while (data[behind] <= ' ') {
            behind++;
        }
        edit.delete(usageFrom, data[behind] == ',' ? behind + 1 : usageTo);
    }

    /** The error inside the stream, or what could not be read. */
    public Optional<ProviderFault> fault() {
        return Optional.ofNullable(fault);
    }

    /** The usage reported so far; the last report wins. */
    public Optional<Usage> usage() {
        return usage.usage();
    }

    /** The model the provider says it used. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** The finish reason, or the status of a response, as the provider gave it. */
    public Optional<String> finishReason() {
        return Optional.ofNullable(chunk.finishReason()).or(() -> Optional.ofNullable(typedFinish));
    }

    /** About how many characters of output there were. */
    public long outputCharacters() {
        return outputCharacters;
    }

    /** The last {@code sequence_number}; -1: none. */
    public long sequenceNumber() {
        return sequenceNumber;
    }
}
