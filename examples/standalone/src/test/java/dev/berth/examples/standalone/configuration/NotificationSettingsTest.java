package dev.berth.examples.standalone.configuration;

import static dev.berth.examples.standalone.configuration.SettingSources.fromFile;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.webhook.EventFilter;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookFormat;
import dev.berth.registry.webhook.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The section {@code notifications} says who is told what happens. What is wrong in it ends the program. */
class NotificationSettingsTest {
    private static final String OUTSIDE = "https://hooks.example/registry";

    @TempDir
    Path directory;

    private Settings settings(String endpoints) throws IOException {
        return fromFile(directory, "notifications: {endpoints: [" + endpoints + "]}", Map.of());
    }

    private WebhookEndpoint endpoint(String keys) throws IOException {
        List<WebhookEndpoint> endpoints = settings("{name: a, url: '" + OUTSIDE + "'" + keys + "}")
                .notifications()
                .endpoints();
        assertThat(endpoints).hasSize(1);
        return endpoints.get(0);
    }

    @Test
    void theSectionOfDockerRegistryIsRead() throws IOException {
        Settings settings = fromFile(directory, """
                notifications:
                  events: {includereferences: true}
                  endpoints:
                    - name: alistener
                      disabled: false
                      url: https://hooks.example/event
                      headers:
                        Authorization: [Bearer abc]
                        X-Two: [b, c]
                      timeout: 500ms
                      threshold: 5
                      backoff: 1s
                      ignoredmediatypes: [application/octet-stream]
                      ignore:
                        mediatypes: [text/plain]
                        actions: [pull]
                    - {name: off, disabled: true, url: 'https://hooks.example/other'}
                """, Map.of());

        assertThat(settings.warnings()).singleElement().asString().contains("notifications.events.includereferences ");
        assertThat(settings.notifications().endpoints())
                .containsExactly(
                        WebhookEndpoint.builder("alistener", URI.create("https://hooks.example/event"))
                                .format(WebhookFormat.DISTRIBUTION)
                                .headers(Map.of("Authorization", "Bearer abc", "X-Two", "b, c"))
                                .timeout(Duration.ofMillis(500))
                                .filter(EventFilter.builder()
                                        .reads(true)
                                        .ignoreMediaTypes(List.of("application/octet-stream", "text/plain"))
                                        .ignoreActions("pull")
                                        .build())
                                .build(),
                        WebhookEndpoint.builder("off", URI.create("https://hooks.example/other"))
                                .format(WebhookFormat.DISTRIBUTION)
                                .filter(EventFilter.builder().reads(true).build())
                                .active(false)
                                .build());
    }

    @Test
    void whatIsBerthsOwnIsRead() throws IOException {
        WebhookSecret first = WebhookSecret.generate();
        WebhookSecret second = WebhookSecret.generate();
        Path file = Files.writeString(directory.resolve("secret"), second.encoded() + "\n");

        assertThat(endpoint(", format: cloudevents, repositories: ['team/**'], actions: [push, delete], secrets: ['"
                        + first.encoded() + "', {file: '" + file + "'}]"))
                .isEqualTo(WebhookEndpoint.builder("a", URI.create(OUTSIDE))
                        .format(WebhookFormat.CLOUD_EVENTS)
                        .filter(EventFilter.builder()
                                .repositories("team/**")
                                .actions("push", "delete")
                                .build())
                        .secrets(first, second)
                        .build());
    }

    @Test
    void aVariableHoldsTheWholeListAsYaml() throws IOException {
        Settings settings = fromFile(
                directory,
                "notifications: {endpoints: [{name: a, url: '" + OUTSIDE + "'}]}",
                Map.of(
                        "REGISTRY_NOTIFICATIONS_ENDPOINTS", "[{name: b, url: 'https://hooks.example/b'}]",
                        "REGISTRY_NOTIFICATIONS_ALLOWINSIDE", "10.0.0.0/8,notifier"));

        assertThat(settings.notifications().endpoints())
                .extracting(WebhookEndpoint::name)
                .containsExactly("b");
        assertThat(settings.notifications().allowInside()).containsExactly("10.0.0.0/8", "notifier");
    }

    @Test
    void aVariableForAPartOfTheListIsRefused() {
        assertThatThrownBy(() ->
                        fromFile(directory, "version: 0.1", Map.of("REGISTRY_NOTIFICATIONS_ENDPOINTS_0_URL", OUTSIDE)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("into REGISTRY_NOTIFICATIONS_ENDPOINTS,");
        assertThatThrownBy(() ->
                        fromFile(directory, "version: 0.1", Map.of("REGISTRY_NOTIFICATIONS_ENDPOINTS", "[{name: ")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("REGISTRY_NOTIFICATIONS_ENDPOINTS is not valid YAML");
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:8080/x, 127.0.0.1/32",
        "http://10.1.2.3/, 10.0.0.0/8",
        "http://notifier:8080/, notifier",
        "http://localhost/, LOCALHOST"
    })
    void anEndpointInsideIsWarnedAboutUnlessItIsAllowed(String url, String allowed) throws IOException {
        String endpoints = "notifications: {endpoints: [{name: inner, url: '" + url + "'}]";

        assertThat(fromFile(directory, endpoints + "}", Map.of()).warnings())
                .singleElement()
                .asString()
                .contains("The endpoint inner ", "notifications.allowinside");
        assertThat(fromFile(directory, endpoints + ", allowinside: ['" + allowed + "']}", Map.of())
                        .warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{url: 'https://hooks.example/'}; endpoints[0] lacks 'name'",
                "{name: a}; endpoints[0] lacks 'url'",
                "{name: 'a b', url: 'https://hooks.example/'}; The name of a webhook",
                "{name: a, url: 'ftp://hooks.example/'}; endpoints[0] is wrong",
                "{name: a, url: 'https://h.example/'}, {name: a, url: 'https://h.example/2'}; has the name 'a'",
                "{name: a, url: 'https://hooks.example/', ignored: []}; is 'ignore' meant",
                "{name: a, url: 'https://hooks.example/', ignore: {action: [pull]}}; is 'actions' meant",
                "{name: a, url: 'https://hooks.example/', ignore: {actions: [pul]}}; no action 'pul'",
                "{name: a, url: 'https://hooks.example/', format: xml}; format is wrong",
                "{name: a, url: 'https://hooks.example/', timeout: 5}; is not a duration",
                "{name: a, url: 'https://hooks.example/', threshold: many}; is not a number",
                "{name: a, url: 'https://hooks.example/', disabled: maybe}; neither true nor false",
                "{name: a, url: 'https://hooks.example/', repositories: ['te*am']}; no pattern",
                "{name: a, url: 'https://hooks.example/', secrets: [whsec_x]}; secrets[0] is wrong",
                "{name: a, url: 'https://hooks.example/', secrets: [{file: /nowhere/x}]}; /nowhere/x",
                "{name: a, url: 'https://hooks.example/', headers: {Host: [x]}}; endpoints[0] is wrong",
            })
    void mistakesEndTheProgram(String endpoints, String message) {
        assertThatThrownBy(() -> settings(endpoints))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(message)
                .hasMessageEndingWith(".");
    }

    @Test
    void whatIsAllowedInsideIsANameOrANetwork() {
        assertThatThrownBy(() -> fromFile(directory, "notifications: {allowinside: ['10.0.0.0/99']}", Map.of()))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("notifications.allowinside is wrong");
    }

    @Test
    void aSecretIsNotPrinted() {
        assertThatThrownBy(() -> endpoint(", secrets: [whsec_c2VjcmV0]"))
                .isInstanceOf(CommandException.class)
                .message()
                .doesNotContain("c2VjcmV0");
    }
}
