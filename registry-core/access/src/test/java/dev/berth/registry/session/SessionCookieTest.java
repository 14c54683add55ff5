package dev.berth.registry.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the cookie of a session is like, and which cookies are taken. */
class SessionCookieTest {
    private static final String VALUE = "[A-Za-z0-9_-]{43}\\.[A-Za-z0-9_-]{43}";

    private final SessionServers servers = new SessionServers();
    private final Browser browser = new Browser();

    @AfterEach
    void stop() throws Exception {
        servers.close();
    }

    private static URI byName(SessionServers.Node node) {
        return URI.create("https://localhost:" + node.uri().getPort());
    }

    @Test
    void withoutTlsItHasNoPrefixAndNoScriptSeesIt() throws IOException {
        browser.signedIn(servers.start().uri(), "alice");

        assertThat(browser.setCookie()).matches("berth_session=" + VALUE + "; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void underTlsItIsOfThisHostAndOfTlsOnly() throws IOException {
        URI server = byName(servers.startTls(servers.options().build()));
        browser.signedIn(server, "alice");

        assertThat(browser.setCookie())
                .matches("__Host-berth_session=" + VALUE + "; Path=/; HttpOnly; SameSite=Lax; Secure");
        assertThat(browser.name(server)).isEqualTo("alice");
    }

    @Test
    void belowAPathItIsSentThereOnly() throws IOException {
        SessionOptions options = servers.options().path("/registry-ui/").build();
        URI server = byName(servers.startTls(options));
        browser.signedIn(server, "alice");

        assertThat(browser.setCookie())
                .matches("__Secure-berth_session=" + VALUE + "; Path=/registry-ui/; HttpOnly; SameSite=Lax; Secure");
        assertThat(browser.name(server)).isEqualTo("alice");
        assertThatThrownBy(() -> servers.options().path("/a b; Domain=example.com/"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void oneOfAnotherSchemeIsNotTaken() throws IOException {
        URI plain = servers.start().uri();
        URI tls = byName(servers.startTls(servers.options().build()));
        Browser ofPlain = new Browser().signedIn(plain, "alice");
        Browser ofTls = new Browser().signedIn(tls, "bob");

        assertThat(ofPlain.name(tls)).isEmpty();
        assertThat(ofTls.name(plain)).isEmpty();

        // A neighbour may set this one, of which the prefix says less.
        Browser tossed = new Browser();
        tossed.cookies.put("__Secure-berth_session", ofTls.cookies.get("__Host-berth_session"));
        assertThat(tossed.name(tls)).isEmpty();
    }

    @Test
    void theStoreHasNoSecretAndTheNameOfNobodyInAKey() throws IOException {
        browser.signedIn(servers.start().uri(), "alice");
        String cookie = browser.sessionCookie();
        String secret = cookie.substring(cookie.indexOf('.') + 1);

        List<String> keys = servers.store
                .list(ListRequest.tree(KeyPrefix.of("_berth/access/sessions/")))
                .names();

        assertThat(keys).singleElement().asString().matches("_berth/access/sessions/[0-9a-f]{64}");
        try (ObjectContent content =
                servers.store.open(ObjectKey.of(keys.get(0))).orElseThrow()) {
            String json = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(json).contains("\"sha256\"", "Firefox on Linux").doesNotContain(secret);
        }
    }

    @Test
    void eachSignInMakesAnotherSecretAndEndsWhatTheBrowserHadBefore() throws IOException {
        URI server = servers.start().uri();
        browser.signedIn(server, "alice");
        String before = browser.sessionCookie();
        String formToken = browser.formToken(server);

        browser.signedIn(server, "alice");

        assertThat(browser.sessionCookie()).isNotEqualTo(before);
        assertThat(browser.formToken(server)).isNotEmpty().isNotEqualTo(formToken);
        browser.cookies.put("berth_session", before);
        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void aSecretThatSomebodyElseHasChosenIsWorthNothing() throws IOException {
        URI server = servers.start().uri();
        String chosen = "A".repeat(43) + "." + "B".repeat(43);
        browser.cookies.put("berth_session", chosen);

        browser.signedIn(server, "alice");

        assertThat(browser.sessionCookie()).isNotEqualTo(chosen);
        browser.cookies.put("berth_session", chosen);
        assertThat(browser.name(server)).isEmpty();
    }

    @Test
    void whatIsNoCookieOfASessionIsNobody() throws IOException {
        URI server = servers.start().uri();
        browser.signedIn(server, "alice");
        String good = browser.sessionCookie();
        for (String bad : List.of(
                "",
                ".",
                "x",
                good + "x",
                good.substring(1),
                good.replace('.', ','),
                good.split("\\.", -1)[0],
                "%00",
                "\"" + good + "\"")) {
            browser.cookies.put("berth_session", bad);
            assertThat(browser.name(server)).as(bad).isEmpty();
        }
    }
}
