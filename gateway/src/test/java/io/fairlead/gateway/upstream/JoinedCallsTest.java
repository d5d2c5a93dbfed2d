package io.fairlead.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.catalogue.Address;
import io.fairlead.gateway.catalogue.Deployment;
import io.fairlead.gateway.catalogue.Quirks;
import io.fairlead.gateway.catalogue.Resilience;
import io.fairlead.kernel.Dialect;
import io.fairlead.kernel.Endpoint;
import io.fairlead.kernel.Protocol;
import io.fairlead.kernel.ProviderFault;
import io.fairlead.protocol.adapt.ModelFacts;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Several calls as one, at an upstream that answers when it is told to. */
class JoinedCallsTest {
    private static final Deployment DEPLOYMENT =
            new Deployment(
                    "a/b",
                    "a",
                    Optional.empty(),
                    "b",
                    Protocol.BEDROCK_CONVERSE,
                    Dialect.BEDROCK,
                    Address.of(URI.create("http://127.0.0.1:1")),
                    Deployment.Auth.NONE,
                    List.of(),
                    Map.of(),
                    Optional.empty(),
                    Quirks.NONE,
                    true,
                    Resilience.DEFAULT,
                    ModelFacts.unknown("b"));

    private final List<Call> calls = new ArrayList<>();
    private final Heard heard = new Heard();
    private long held;
    private long most = 1_000;

    private final Room room =
            new Room() {
                @Override
                public boolean reserve(long bytes) {
                    held += bytes;
                    return true;
                }

                @Override
                public void release(long bytes) {
                    held -= bytes;
                }
            };

    /** One of the calls. */
    private static final class Call implements UpstreamCall {
        final UpstreamRequest request;
        final UpstreamListener listener;
        boolean cancelled;

        Call(UpstreamRequest request, UpstreamListener listener) {
            this.request = request;
            this.listener = listener;
        }

        @Override
        public void start() {
            listener.sent();
        }

        @Override
        public void pause() {}

        @Override
        public void resume() {}

        @Override
        public void cancel() {
            cancelled = true;
        }

        void answer(String body, String... headers) {
            MultiMap all = MultiMap.caseInsensitiveMultiMap();
            for (int i = 0; i < headers.length; i += 2) {
                all.add(headers[i], headers[i + 1]);
            }
            listener.head(200, all);
            listener.data(Buffer.buffer(body));
            listener.end();
        }
    }

    /** What came of it. */
    private static final class Heard implements UpstreamListener {
        final StringBuilder all = new StringBuilder();
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();

        @Override
        public void sent() {
            all.append("sent ");
        }

        @Override
        public void head(int status, MultiMap newHeaders) {
            all.append(status).append(' ');
            headers = newHeaders;
        }

        @Override
        public void data(Buffer piece) {
            all.append(piece);
        }

        @Override
        public void end() {
            all.append(" end");
        }

        @Override
        public void failed(ProviderFault fault) {
            all.append("failed ").append(fault.getClass().getSimpleName());
        }
    }

    private JoinedCalls start(int count) {
        List<UpstreamRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(
                    new UpstreamRequest(
                            Endpoint.EMBEDDINGS,
                            DEPLOYMENT,
                            null,
                            "POST",
                            "/" + i,
                            new ForwardedHeaders(),
                            null));
        }
        Upstream upstream =
                new Upstream() {
                    @Override
                    public Socketing socket(UpstreamRequest request, SocketListener listener) {
                        throw new IllegalStateException("not in these tests");
                    }

                    @Override
                    public UpstreamCall call(UpstreamRequest request, UpstreamListener listener) {
                        Call call = new Call(request, listener);
                        calls.add(call);
                        return call;
                    }

                    @Override
                    public int open() {
                        return calls.size();
                    }

                    @Override
                    public void close() {}
                };
        JoinedCalls joined = new JoinedCalls(upstream, requests, heard, most, room);
        joined.start();
        return joined;
    }

    @Test
    void answersComeInTheOrderOfTheRequests() {
        start(3);

        calls.get(2).answer("c");
        calls.get(0).answer("a");
        assertThat(heard.all).hasToString("sent ");
        assertThat(held).isEqualTo(2);
        calls.get(1).answer("b");

        assertThat(heard.all).hasToString("sent 200 [a,b,c] end");
        assertThat(held).isZero();
    }

    @Test
    void onlySomeAreMadeAtATime() {
        start(20);

        assertThat(calls).hasSize(8);
        calls.get(3).answer("x");
        assertThat(calls).hasSize(9);
        assertThat(calls.getLast().request.target()).isEqualTo("/8");
    }

    @Test
    void countsInHeadersAreSummed() {
        start(2);

        calls.get(0).answer("a", "X-Input-Token-Count", "2", "content-length", "1", "x-id", "p");
        calls.get(1).answer("b", "x-input-token-count", "5", "content-length", "1", "x-id", "q");

        assertThat(heard.headers.get("x-input-token-count")).isEqualTo("7");
        assertThat(heard.headers.get("x-id")).isEqualTo("p");
        assertThat(heard.headers.contains("content-length")).isFalse();
    }

    @Test
    void theFirstRefusalIsTheAnswerAndTheOthersAreGivenUp() {
        start(3);
        calls.get(0).answer("a");

        calls.get(1).listener.head(429, MultiMap.caseInsensitiveMultiMap());
        calls.get(1).listener.data(Buffer.buffer("slow down"));
        calls.get(1).listener.end();

        assertThat(heard.all).hasToString("sent 429 slow down end");
        assertThat(calls).extracting(it -> it.cancelled).containsExactly(false, false, true);
        assertThat(held).isZero();
    }

    @Test
    void theFirstFailureIsThatOfAll() {
        start(9);

        calls.get(1).listener.failed(new ProviderFault.Broken("cut"));

        assertThat(heard.all).hasToString("sent failed Broken");
        assertThat(calls).hasSize(8).filteredOn(it -> it.cancelled).hasSize(7);
    }

    @Test
    void whatIsTooLargeTogetherIsAFault() {
        most = 3;
        start(2);
        calls.get(0).answer("ab");

        calls.get(1).listener.head(200, MultiMap.caseInsensitiveMultiMap());
        calls.get(1).listener.data(Buffer.buffer("cd"));

        assertThat(heard.all).hasToString("sent failed TooLarge");
        assertThat(held).isZero();
    }

    @Test
    void allAreGivenUpAtOnce() {
        JoinedCalls joined = start(3);
        calls.get(0).answer("a");

        joined.cancel();

        assertThat(calls).extracting(it -> it.cancelled).containsExactly(false, true, true);
        assertThat(held).isZero();
        assertThat(heard.all).hasToString("sent ");
    }
}
