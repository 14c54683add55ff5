package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link WebhookEndpoint}. */
class WebhookEndpointTest {
    private static final WebhookSecret SECRET = WebhookSecret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");

    private static WebhookEndpoint.Builder at(String url) {
        return WebhookEndpoint.builder("deploy", URI.create(url));
    }

    @Test
    void getsChangesAsCloudEventsByDefault() {
        WebhookEndpoint endpoint = at("https://hooks.example/berth").build();

        assertThat(endpoint.filter()).isEqualTo(EventFilter.changes());
        assertThat(endpoint.format()).isEqualTo(WebhookFormat.CLOUD_EVENTS);
        assertThat(endpoint.secrets()).isEmpty();
        assertThat(endpoint.headers()).isEmpty();
        assertThat(endpoint.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(endpoint.active()).isTrue();
    }

    @Test
    void isEqualToACopyAndShowsNoSecret() {
        WebhookEndpoint endpoint = at("https://hooks.example:8443/T0/secret?token=secret")
                .secrets(SECRET, SECRET)
                .headers(Map.of("Authorization", "Bearer secret"))
                .format(WebhookFormat.DOCKER_HUB)
                .active(false)
                .build();

        assertThat(endpoint.toBuilder().build()).isEqualTo(endpoint).hasSameHashCodeAs(endpoint);
        assertThat(endpoint.secrets()).containsExactly(SECRET);
        assertThat(endpoint)
                .hasToString("webhook deploy at https://hooks.example:8443 (dockerhub, all changes, inactive)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://hooks.example/",
                "file:///etc/passwd",
                "hooks.example",
                "https:///path",
                "https://user:secret@hooks.example/",
                "https://hooks.example@127.0.0.1/",
                "https://hooks.example/#fragment",
                "http://2130706433/",
                "http://0x7f000001/",
                "http://0X7F000001./",
                "http://0x7f.1/",
                "http://a.0x1/",
                "http://127.0.0.1./",
                "http://127.1/",
                "http://0177.0.0.1/",
                "http://00.0.0.0/",
                "http://[fe80::1%25eth0]/",
                "https://hooks.example:0/",
                "https://hooks.example:65536/"
            })
    void refusesUrlsWithoutShowingThem(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(url))
                .withMessageStartingWith("The URL of the webhook deploy")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("secret", "passwd"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "a/b", "a\n", "ü"})
    void refusesOtherNames(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookEndpoint.builder(name, URI.create("https://hooks.example/")))
                .withMessageStartingWith("The name of a webhook");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host",
                "content-length",
                "Transfer-Encoding",
                "CONNECTION",
                "Content-Encoding",
                "webhook-id",
                "Webhook-Signature",
                "Expect",
                "a:b",
                "",
                "a b"
            })
    void refusesHeadersThatBreakAMessage(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at("https://hooks.example/").headers(Map.of(name, "secret")))
                .withMessageContaining("header field")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("secret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\r\nHost: a", "secret\u0000", "sécret"})
    void refusesValuesOfHeadersThatBreakAMessage(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at("https://hooks.example/").headers(Map.of("X-Token", value)))
                .withMessageContaining("X-Token")
                .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("cret"));
    }

    @Test
    void findsHeadersWhateverTheirCase() {
        assertThat(at("https://hooks.example/")
                        .headers(Map.of("X-Token", "1"))
                        .build()
                        .headers()
                        .get("x-token"))
                .isEqualTo("1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at("https://hooks.example/").headers(Map.of("X-Token", "1", "x-token", "2")))
                .withMessageContaining("twice");
    }

    @Test
    void boundsTimeoutAndSecrets() {
        WebhookEndpoint.Builder builder = at("https://hooks.example/");

        assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.timeout(Duration.ofHours(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.secrets(Collections.nCopies(5, 0).stream()
                        .map(i -> WebhookSecret.generate())
                        .toList()))
                .withMessage("The webhook deploy has 5 secrets; 4 are allowed");
    }
}
