package io.fairlead.gateway.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WebAddressTest {
    @Test
    void takesUrlsApart() throws Exception {
        WebAddress address = WebAddress.of("HTTPS://My_Bucket.Example:8443/a b/é.png?x={1}#top");
        assertThat(address.tls()).isTrue();
        assertThat(address.host()).isEqualTo("my_bucket.example");
        assertThat(address.port()).isEqualTo(8443);
        assertThat(address.target()).isEqualTo("/a%20b/%C3%A9.png?x=%7B1%7D");
        assertThat(address.hostHeader()).isEqualTo("my_bucket.example:8443");
        assertThat(WebAddress.of("http://h").target()).isEqualTo("/");
        assertThat(WebAddress.of("http://[::1]/").host()).isEqualTo("::1");
        assertThat(WebAddress.of("http://[::1]:81/").hostHeader()).isEqualTo("[::1]:81");
    }

    @Test
    void followsRelativeRedirects() throws Exception {
        WebAddress address = WebAddress.of("http://h/a/b").redirected("../c?d");
        assertThat(address.target()).isEqualTo("/c?d");
        assertThat(address.redirected("//other/x").host()).isEqualTo("other");
        assertThat(address.redirected("https://other/").port()).isEqualTo(443);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/only/a/path",
                "file:///etc/passwd",
                "ftp://h/x",
                "gopher://h/",
                "data:text/plain,hello",
                "http:///nowhere",
                "http:opaque",
                "http://user:secret@h/",
                "http://h@other/",
                "http://h\\@other/",
                "http://h:0/",
                "http://h:99999/",
                "http://h:x/",
                "http://h\r\nX: y/",
                "http://h/\r\nX: y",
                "http://[fe80::1%25eth0]/",
                "http://h%00.example/",
                "http://\u2139.example/"
            })
    void refusesWhatItIsNotSureOf(String url) {
        assertThatThrownBy(() -> WebAddress.of(url)).isInstanceOf(Refusal.class);
    }
}
