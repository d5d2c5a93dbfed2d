package io.fairlead.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetAddress;

final class PublicAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "223.255.255.255",
                "2606:4700:4700::1111",
                "2a00:1450:4001:80b::200e",
                "::ffff:1.1.1.1",
                "64:ff9b::101:101"
            })
    void areThoseOfThePublicInternet(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.100.100.200",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "168.63.129.16",
                "169.254.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255"
            })
    void areNotTheSpecialOnesOfIpv4InAnyDisguise(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isFalse();
        byte[] four = InetAddress.ofLiteral(address).getAddress();
        String hex =
                "%02x%02x:%02x%02x"
                        .formatted(four[0] & 255, four[1] & 255, four[2] & 255, four[3] & 255);
        for (String disguise :
                new String[] {
                    "::ffff:" + address, // mapped
                    "::" + hex, // compatible
                    "64:ff9b::" + hex, // NAT64
                    "64:ff9b:1::" + hex, // NAT64 of one network
                    "2002:" + hex + "::1", // 6to4
                    "2001:0:" + hex + "::1", // Teredo, by its server
                    "fe80::5efe:" + hex // ISATAP
                }) {
            assertThat(PublicAddresses.contain(InetAddress.ofLiteral(disguise)))
                    .as(disguise)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "100::1",
                "2001:10::1",
                "2001:db8::1",
                "2002:101:101::1",
                "3fff::1",
                "4000::1",
                "5f00::1",
                "fc00::1",
                "fd00:ec2::254",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "ff0e::1"
            })
    void areNotTheSpecialOnesOfIpv6(String address) {
        assertThat(PublicAddresses.contain(InetAddress.ofLiteral(address))).isFalse();
    }
}
