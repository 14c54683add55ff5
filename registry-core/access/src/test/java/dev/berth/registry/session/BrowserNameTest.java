package dev.berth.registry.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** People find their browsers again in the list; nobody gets anything else into it. */
class BrowserNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 | Firefox on Linux",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36 Edg/139.0.0.0 | Edge on Windows",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15 | Safari on macOS",
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/139.0 Mobile/15E148 Safari/604.1 | Chrome on iPhone",
                "Mozilla/5.0 (Linux; Android 15; SM-S911B) AppleWebKit/537.36 SamsungBrowser/27.0 Chrome/125.0 Mobile Safari/537.36 | Samsung Internet on Android",
                "curl/8.14.1 | curl",
                "Opera | Opera"
            })
    void ofKnownOnes(String userAgent, String name) {
        assertThat(BrowserName.of(userAgent)).isEqualTo(name);
    }

    @Test
    void hostileOnesAreShortAndPlain() throws Exception {
        List<String> hostile = List.of(
                "",
                "<script>alert(1)</script>",
                "\u001b[31mred",
                "\u202eevil",
                "'\"><img src=x onerror=alert(1)>",
                "x".repeat(100_000),
                "a b ".repeat(1_000),
                "{{7*7}} ${7*7}");
        for (String userAgent : hostile) {
            assertThat(BrowserName.of(userAgent)).matches("[A-Za-z0-9._ -]{0,40}");
        }

        try (SessionServers servers = new SessionServers()) {
            SessionServers.Node node = servers.start();
            URI server = node.uri();
            Browser browser = new Browser();
            browser.userAgent = "<b>" + "x".repeat(4_000) + "\u00ff\u00fe\"}]";
            browser.signedIn(server, "alice");

            assertThat(node.sessions().of("alice"))
                    .singleElement()
                    .extracting(Session::browser)
                    .isEqualTo("");
        }
    }
}
