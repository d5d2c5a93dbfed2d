package io.fairlead.gateway.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.gateway.upstream.NameResolution;
import io.fairlead.simulator.fault.FaultInjector;
import io.fairlead.simulator.server.SimulatorOptions;
import io.fairlead.simulator.server.SimulatorServer;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Providers whose name has other addresses later, or many. */
final class ProviderAddressTest {
    private static final String NAME = "provider.test";

    private static SimulatorServer at(String host, int port) {
        return SimulatorServer.start(
                SimulatorOptions.loopback().withHost(host).withPort(port),
                new FaultInjector(Harness.simulator()));
    }

    private static Harness.Options named(Dns dns, int port) {
        Harness.Options options = new Harness.Options();
        options.names = NameResolution.options().setServers(List.of(dns.address()));
        options.baseUrl = Optional.of(URI.create("http://" + NAME + ":" + port + "/v1"));
        return options;
    }

    private static void served(Harness gateway) throws Exception {
        var answer = gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void anAddressThatChangesIsFollowedByTheNextConnection() throws Exception {
        SimulatorServer first = at("127.0.0.1", 0);
        try (Dns dns = new Dns("127.0.0.1");
                SimulatorServer second = at("127.0.0.2", first.port());
                Harness gateway = new Harness(named(dns, first.port()))) {
            served(gateway);
            assertThat(first.traffic().requests()).isEqualTo(1);

            dns.addresses = List.of("127.0.0.2");
            first.close();
            // what DNS said is good for one second
            for (int i = 0; i < 100 && second.traffic().requests() == 0; i++) {
                gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
                TimeUnit.MILLISECONDS.sleep(50);
            }
            assertThat(second.traffic().requests()).isEqualTo(1);
        }
    }

    @Test
    void connectionsAreSpreadOverManyAddresses() throws Exception {
        try (SimulatorServer first = at("127.0.0.1", 0);
                SimulatorServer second = at("127.0.0.2", first.port());
                Dns dns = new Dns("127.0.0.1", "127.0.0.2")) {
            for (int i = 0;
                    i < 30 && second.traffic().requests() * first.traffic().requests() == 0;
                    i++) {
                try (Harness gateway = new Harness(named(dns, first.port()))) {
                    served(gateway);
                }
            }
            assertThat(first.traffic().requests()).isPositive();
            assertThat(second.traffic().requests()).isPositive();
        }
    }

    @Test
    void aNameThatNobodyKnowsIsAFaultOfItsOwn() throws Exception {
        try (Dns dns = new Dns();
                Harness gateway = new Harness(named(dns, 1))) {
            var answer = gateway.post("/v1/chat/completions", Harness.chat("one/echo", false));
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("host name not resolved").doesNotContain(NAME);
        }
    }

    /** The smallest name server there can be: every name has the same addresses for a second. */
    private static final class Dns implements AutoCloseable {
        private final DatagramSocket socket;
        private volatile List<String> addresses;

        private Dns(String... addresses) throws IOException {
            this.addresses = List.of(addresses);
            this.socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
            Thread.ofVirtual().start(this::serve);
        }

        private String address() {
            return "127.0.0.1:" + socket.getLocalPort();
        }

        private void serve() {
            byte[] buffer = new byte[512];
            try {
                while (true) {
                    DatagramPacket query = new DatagramPacket(buffer, buffer.length);
                    socket.receive(query);
                    byte[] answer = answer(buffer);
                    socket.send(
                            new DatagramPacket(answer, answer.length, query.getSocketAddress()));
                }
            } catch (IOException _) {
                // closed
            }
        }

        private byte[] answer(byte[] query) throws IOException {
            int end = 12;
            while (query[end] != 0) {
                end += query[end] + 1;
            }
            boolean asksForA = query[end + 2] == 1;
            end += 5;
            List<String> known = asksForA ? addresses : List.of();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(query, 0, 2);
            out.write(0x81);
            out.write(known.isEmpty() && addresses.isEmpty() ? 0x83 : 0x80);
            out.write(new byte[] {0, 1, 0, (byte) known.size(), 0, 0, 0, 0});
            out.write(query, 12, end - 12);
            for (String address : known) {
                out.write(new byte[] {(byte) 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4});
                out.write(InetAddress.getByName(address).getAddress());
            }
            return out.toByteArray();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
