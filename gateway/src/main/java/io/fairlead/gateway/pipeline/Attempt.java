package io.fairlead.gateway.pipeline;

import io.fairlead.gateway.ledger.RequestRecord.AttemptRecord;
import io.fairlead.gateway.routing.Faults;
import io.fairlead.gateway.routing.Step;
import io.fairlead.gateway.upstream.UpstreamCall;
import io.fairlead.gateway.upstream.UpstreamListener;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.kernel.ProviderFault.Deadline;
import io.fairlead.protocol.translate.Translation;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One attempt at one deployment: hears the provider, keeps its deadlines, and hands a usable answer
 * to the relay that fits it. Confined to its exchange.
 */
final class Attempt implements UpstreamListener {
    /** What an attempt tells its exchange. */
    interface Listener {
        void sent(Attempt attempt);

        /** A head came; the exchange says who takes the body, or that it is an error answer. */
        Optional<AnswerRelay> head(Attempt attempt);

        /** An error answer is there. */
        void refused(Attempt attempt, ErrorAnswer answer);

        void failed(Attempt attempt, ProviderFault fault);

        /** The provider has nothing more to say; the connection is free. */
        void ended(Attempt attempt);

        /** Handling what the provider sent failed by a defect of ours. */
        void defect(RuntimeException cause);
    }

    /** How long an answer that is complete for the client may still take to end. */
    private static final long LINGER_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int LINGER_BYTES = 64 * 1024;

    private final Listener listener;
    private final Step.Try step;
    private final List<String> dropped;
    private final boolean usageHidden;
    private final Optional<Translation> translation;
    private final Map<String, String> notes;
    private final long startNanos;
    private @Nullable UpstreamCall call;
    private @Nullable AnswerRelay relay;
    private @Nullable ErrorAnswer error;
    private @Nullable MultiMap headers;
    private int status;
    private boolean sent;
    private boolean paused;
    private boolean ended;

    /** When the provider was last heard, as the last look at the deadlines found it. */
    private long touchedNanos;

    /** It was heard since; the next look says when, which keeps the clock off each event. */
    private boolean heard;

    /** Since when the first token is waited for. */
    private long waitsSinceNanos;

    /** Something of the answer came, but nothing that could be handed on. */
    private boolean progressed;

    private long endNanos;
    private long lingerUntilNanos;
    private int lingerBytes = -1;
    private @Nullable ProviderFault fault;

    Attempt(Listener listener, Step.Try step, Outbound outbound, long startNanos) {
        this.listener = listener;
        this.step = step;
        this.dropped = outbound.dropped();
        this.usageHidden = outbound.usageHidden();
        this.translation = outbound.translation();
        this.notes = outbound.notes();
        this.startNanos = startNanos;
        this.touchedNanos = startNanos;
        this.waitsSinceNanos = startNanos;
    }

    void start(UpstreamCall newCall) {
        call = newCall;
        newCall.start();
    }

    Step.Try step() {
        return step;
    }

    /** What the provider was sent in confidence. */
    SentSecrets secrets() {
        return new SentSecrets(step, () -> call == null ? List.of() : call.lent());
    }

    /** Request members that were left out for this provider. */
    List<String> dropped() {
        return dropped;
    }

    /** Whether the gateway asked for a usage report that the client did not ask for. */
    boolean usageHidden() {
        return usageHidden;
    }

    /** Further headers of ours on its answer. */
    Map<String, String> notes() {
        return notes;
    }

    /** How it is spoken with a provider of another protocol than the client's. */
    Optional<Translation> translation() {
        return translation;
    }

    int status() {
        return status;
    }

    MultiMap headers() {
        if (headers == null) {
            throw new IllegalStateException("no answer yet (expected: after its head)");
        }
        return headers;
    }

    Optional<AnswerRelay> relay() {
        return Optional.ofNullable(relay);
    }

    /** Whether the request went out, so that the provider may bill it. */
    boolean wasSent() {
        return sent;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Time in this call up to now, or to its end. */
    long tookNanos(long now) {
        return (endNanos == 0 ? now : endNanos) - startNanos;
    }

    @Override
    public void sent() {
        sent = true;
        listener.sent(this);
    }

    @Override
    public void progress() {
        heard = true;
        progressed = true;
    }

    @Override
    public void head(int newStatus, MultiMap newHeaders) {
        heard = true;
        status = newStatus;
        headers = newHeaders;
        Optional<AnswerRelay> taker = listener.head(this);
        if (taker.isPresent()) {
            relay = taker.get();
            relay.begin();
        } else {
            error = new ErrorAnswer(newStatus, newHeaders, secrets());
        }
    }

    @Override
    public void data(Buffer piece) {
        if (lingerBytes >= 0) {
            lingerBytes += piece.length();
            if (lingerBytes > LINGER_BYTES) {
                cancel();
            }
            return;
        }
        heard = true;
        if (relay != null) {
            try {
                relay.data(piece);
            } catch (RuntimeException e) {
                listener.defect(e);
            }
        } else if (error != null && error.add(piece)) {
            ErrorAnswer whole = error;
            cancel();
            listener.refused(this, whole);
        }
    }

    @Override
    public void end() {
        boolean lingered = lingerBytes >= 0;
        over();
        if (!lingered) {
            if (error != null) {
                listener.refused(this, error);
            } else if (relay != null) {
                try {
                    relay.end();
                } catch (RuntimeException e) {
                    listener.defect(e);
                }
            }
        }
        listener.ended(this);
    }

    @Override
    public void failed(ProviderFault newFault) {
        boolean lingered = lingerBytes >= 0;
        over();
        if (!lingered) {
            if (error != null) {
                listener.refused(this, error);
            } else {
                listener.failed(this, newFault);
            }
        }
        listener.ended(this);
    }

    void pause() {
        if (call != null && !ended) {
            paused = true;
            call.pause();
        }
    }

    void resume() {
        if (call != null && !ended) {
            paused = false;
            heard = true;
            call.resume();
        }
    }

    /** Gives the call up, if it is still under way. */
    void cancel() {
        if (!ended && call != null) {
            over();
            call.cancel();
            listener.ended(this);
        }
    }

    /**
     * The client has its answer; the provider is given a moment to end it, so that the connection
     * can be used again.
     */
    void linger(long now) {
        if (!ended && lingerBytes < 0) {
            lingerBytes = 0;
            lingerUntilNanos = now + LINGER_NANOS;
            if (paused) {
                resume();
            }
        }
    }

    private void over() {
        if (!ended) {
            ended = true;
            endNanos = System.nanoTime();
        }
    }

    /** Cancels an answer that lingers too long. */
    void checkLinger(long now) {
        if (lingerBytes >= 0 && now - lingerUntilNanos >= 0) {
            cancel();
        }
    }

    /** The deadline that has passed, if one has. */
    @Nullable ProviderFault overdue(long now, boolean committed) {
        if (ended) {
            return null;
        }
        if (heard) {
            heard = false;
            touchedNanos = now;
        }
        if (progressed) {
            progressed = false;
            waitsSinceNanos = now;
        }
        var resilience = step.deployment().resilience();
        if (now - step.deadlineNanos() >= 0) {
            return new ProviderFault.TimedOut(Deadline.TOTAL, resilience.total());
        }
        if (!sent) {
            return passed(startNanos, resilience.connect(), Deadline.CONNECT, now);
        }
        boolean waitsForToken = !committed && (relay == null ? error == null : relay.isStream());
        if (waitsForToken) {
            return passed(waitsSinceNanos, resilience.firstToken(), Deadline.FIRST_TOKEN, now);
        }
        return paused ? null : passed(touchedNanos, resilience.idle(), Deadline.IDLE, now);
    }

    private static @Nullable ProviderFault passed(
            long since, Duration allowed, Deadline which, long now) {
        return now - since >= allowed.toNanos() ? new ProviderFault.TimedOut(which, allowed) : null;
    }

    void note(ProviderFault newFault) {
        fault = newFault;
    }

    /** What the ledger keeps of it. */
    AttemptRecord record(long now) {
        return new AttemptRecord(
                step.deployment().id(),
                step.key().map(key -> key.id()),
                status,
                Optional.ofNullable(fault).map(Faults::name),
                Optional.ofNullable(fault).map(ProviderFault::message),
                tookNanos(now) / 1_000);
    }
}
