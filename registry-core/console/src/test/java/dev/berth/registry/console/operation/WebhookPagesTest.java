package dev.berth.registry.console.operation;

import static dev.berth.registry.console.TestOperations.CAROL;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.TestOperations;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pages about webhooks: their health, their settings, tests and dead letters. Nothing secret is on any of them. */
class WebhookPagesTest {
    private static final String WEBHOOKS = "/operations/webhooks";
    private static final String DEPLOY = "?name=acme.deploy";

    private final TestOperations console = TestOperations.start();

    WebhookPagesTest() throws IOException {}

    @AfterEach
    void end() {
        console.close();
    }

    private String page(String who, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = console.get(who, WEBHOOKS + path);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        assertThat(response.body()).doesNotContain("very-secret");
        return response.body();
    }

    private HttpResponse<String> post(String who, String page, Map<String, String> form)
            throws IOException, InterruptedException {
        return console.post(who, WEBHOOKS + "/" + page, form);
    }

    private static void leadsTo(HttpResponse<String> response, String path) {
        assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(303);
        assertThat(response.headers().firstValue("Location")).hasValue(WEBHOOKS + path);
    }

    private static Map<String, String> form(String... fieldsAndValues) {
        Map<String, String> form = new HashMap<>();
        for (int i = 0; i < fieldsAndValues.length; i += 2) {
            form.put(fieldsAndValues[i], fieldsAndValues[i + 1]);
        }
        return form;
    }

    @Test
    void thereIsAtAGlanceWhetherWebhooksDeliver() throws Exception {
        assertThat(page(ROOT, ""))
                .contains(">acme.deploy<", ">other.deploy<", ">site<", "delivers", "https://hooks.example");
        assertThat(page(CAROL, "")).contains(">acme.deploy<").doesNotContain("other.deploy", ">site<");
    }

    @Test
    void oneWebhookIsShownWithoutItsSecrets() throws Exception {
        assertThat(page(CAROL, "/webhook" + DEPLOY))
                .contains("https://hooks.example", "cloudevents", "acme/**", "every change", "Authorization", "5s");
        assertThat(page(ROOT, "/webhook?name=site"))
                .contains("It stands in the configuration of the server")
                .doesNotContain(">Change<", ">Pause<", ">Remove<");
    }

    @Test
    void aWebhookIsAddedAndChangedAndWhatIsNotShownStays() throws Exception {
        assertThat(page(CAROL, "/add")).contains("value=\"acme.\"", "acme/**</textarea>");
        leadsTo(
                post(
                        CAROL,
                        "add",
                        form(
                                "name",
                                "acme.fresh",
                                "url",
                                "https://hooks.example/very-secret-path",
                                "repositories",
                                "acme/app\nacme/web",
                                "format",
                                "distribution",
                                "timeout",
                                "500ms",
                                "types",
                                "tag.set, tag.deleted",
                                "headers",
                                "X-One: 1\nX-Two: a: b")),
                "/webhook?name=acme.fresh");
        WebhookEndpoint added = console.endpointNow("acme.fresh");
        assertThat(added.headers()).isEqualTo(Map.of("X-One", "1", "X-Two", "a: b"));
        assertThat(added.filter()).hasToString("events of [tag.deleted, tag.set] in [acme/app, acme/web]");

        assertThat(page(CAROL, "/change?name=acme.fresh"))
                .contains("acme/app\nacme/web</textarea>", "tag.deleted\ntag.set</textarea>", "value=\"500ms\"")
                .contains("<details open=\"\">", "<option value=\"distribution\" selected=\"\">");
        leadsTo(
                post(
                        CAROL,
                        "change",
                        form(
                                "name",
                                "acme.fresh",
                                "url",
                                "",
                                "repositories",
                                "acme/app",
                                "format",
                                "cloudevents",
                                "timeout",
                                "7s",
                                "types",
                                "",
                                "reads",
                                "true",
                                "headers",
                                "")),
                "/webhook?name=acme.fresh");
        WebhookEndpoint changed = console.endpointNow("acme.fresh");
        assertThat(changed.url()).hasToString("https://hooks.example/very-secret-path");
        assertThat(changed.headers()).isEqualTo(added.headers());
        assertThat(changed.filter()).hasToString("all events in [acme/app]");
        assertThat(changed.timeout()).hasSeconds(7);

        leadsTo(
                post(
                        CAROL,
                        "change",
                        form(
                                "name",
                                "acme.fresh",
                                "repositories",
                                "acme/app",
                                "format",
                                "cloudevents",
                                "timeout",
                                "7s",
                                "no-headers",
                                "true")),
                "/webhook?name=acme.fresh");
        assertThat(console.endpointNow("acme.fresh").headers()).isEmpty();
        assertThat(console.endpointNow("acme.fresh").filter().reads()).isFalse();
    }

    @Test
    void whatIsWrongIsSaidBesideTheFormWithoutValuesOfHeaders() throws Exception {
        Map<String, String> wanted = form(
                "name",
                "acme.x",
                "url",
                "ftp://x",
                "repositories",
                "acme/app",
                "format",
                "dockerhub",
                "timeout",
                "5s",
                "headers",
                "Authorization: very-secret-value");
        HttpResponse<String> refused = post(CAROL, "add", wanted);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("role=\"alert\"", "value=\"acme.x\"", "value=\"ftp://x\"", "acme/app</textarea>")
                .contains("<option value=\"dockerhub\" selected=\"\">")
                .doesNotContain("very-secret-value");
        wanted.put("url", "https://hooks.example/x");
        wanted.put("headers", "no header");
        assertThat(post(CAROL, "add", wanted).body()).contains("A header field is a line such as X-Environment: live");
        wanted.put("headers", "");
        wanted.put("name", "acme.deploy");
        assertThat(post(CAROL, "add", wanted).body()).contains("There is a webhook &#39;acme.deploy&#39; already");
        wanted.put("name", "acme.x");
        wanted.put("repositories", "other/**");
        assertThat(post(CAROL, "add", wanted).statusCode()).isEqualTo(403);
        assertThat(console.webhooks.endpoints())
                .noneMatch(endpoint -> endpoint.name().equals("acme.x"));
    }

    @Test
    void aWebhookIsPausedAndResumedAndStaysAsItIs() throws Exception {
        WebhookEndpoint before = console.endpointNow("acme.deploy");
        assertThat(page(CAROL, "/pause" + DEPLOY)).contains("Pause the webhook");
        leadsTo(post(CAROL, "pause", Map.of("name", "acme.deploy")), "/webhook" + DEPLOY);
        assertThat(console.endpointNow("acme.deploy").active()).isFalse();
        assertThat(page(CAROL, "/webhook" + DEPLOY)).contains("paused", ">Resume<");

        leadsTo(post(CAROL, "resume", Map.of("name", "acme.deploy")), "/webhook" + DEPLOY);
        assertThat(console.endpointNow("acme.deploy")).isEqualTo(before);
    }

    @Test
    void aNewSecretIsShownOnceAndOlderOnesAreDropped() throws Exception {
        assertThat(page(CAROL, "/secret" + DEPLOY)).contains("A new secret for");
        HttpResponse<String> made = post(CAROL, "secret", Map.of("name", "acme.deploy"));
        assertThat(made.statusCode()).isEqualTo(200);
        String secret = console.endpointNow("acme.deploy").secrets().get(0).encoded();
        assertThat(made.body()).contains(secret);
        assertThat(console.endpointNow("acme.deploy").secrets()).hasSize(2);
        assertThat(page(CAROL, "/webhook" + DEPLOY))
                .contains("Drop older secrets")
                .doesNotContain(secret);

        assertThat(page(CAROL, "/drop-secrets" + DEPLOY)).contains("Drop the older secrets of");
        leadsTo(post(CAROL, "drop-secrets", Map.of("name", "acme.deploy")), "/webhook" + DEPLOY);
        assertThat(console.endpointNow("acme.deploy").secrets())
                .singleElement()
                .satisfies(kept -> assertThat(kept.encoded()).isEqualTo(secret));
    }

    @Test
    void aTestSaysWhetherItsMessageWasDelivered() throws Exception {
        assertThat(post(CAROL, "test", Map.of("name", "acme.deploy")).body())
                .contains("The test message was delivered.");
        console.delivery = new SendResult.Failed("Connection refused at 10.0.0.1", Optional.empty());
        assertThat(post(CAROL, "test", Map.of("name", "acme.deploy")).body())
                .contains("was not delivered", "role=\"alert\"")
                .doesNotContain("10.0.0.1");
        assertThat(post(ROOT, "test", Map.of("name", "site")).statusCode()).isEqualTo(200);
        for (int i = 0; i < 4; i++) {
            post(CAROL, "test", Map.of("name", "acme.deploy"));
        }
        HttpResponse<String> limited = post(CAROL, "test", Map.of("name", "acme.deploy"));
        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.body()).contains("6 times in a minute");
    }

    @Test
    void aWebhookIsRemovedAfterAQuestion() throws Exception {
        assertThat(page(CAROL, "/remove" + DEPLOY)).contains("Remove the webhook");
        leadsTo(post(CAROL, "remove", Map.of("name", "acme.deploy")), "");
        assertThat(console.get(CAROL, WEBHOOKS + "/webhook" + DEPLOY).statusCode())
                .isEqualTo(404);
        assertThat(console.get(ROOT, WEBHOOKS + "/remove?name=site").statusCode())
                .isEqualTo(404);
    }

    @Test
    void deadLettersAreLookedAtSentAgainAndDropped() throws Exception {
        String first = console.deadLetter("acme.deploy", "acme/first", "The receiver answered 503");
        String second = console.deadLetter("acme.deploy", "acme/second", "It was late");
        console.deadLetter("acme.deploy", "other/app", "It was late");

        assertThat(page(ROOT, "/dead-letters" + DEPLOY))
                .contains("acme/first", "other/app", "answered 503", "Drop all");
        assertThat(page(CAROL, "/dead-letters" + DEPLOY))
                .contains("acme/first", "acme/second")
                .doesNotContain("other/app", "answered 503");
        assertThat(page(CAROL, "/dead-letter" + DEPLOY + "&id=" + first))
                .contains("<pre class=\"body\">", "dev.berth.tag.deleted", "acme/first");

        leadsTo(post(CAROL, "resend", Map.of("name", "acme.deploy", "id", first)), "/dead-letters" + DEPLOY);
        assertThat(page(CAROL, "/dead-letters" + DEPLOY)).doesNotContain("acme/first");

        assertThat(page(CAROL, "/drop" + DEPLOY + "&id=" + second)).contains("Drop this dead letter of");
        assertThat(page(CAROL, "/dead-letters" + DEPLOY)).contains("acme/second");
        leadsTo(post(CAROL, "drop", Map.of("name", "acme.deploy", "id", second)), "/dead-letters" + DEPLOY);
        assertThat(page(CAROL, "/dead-letters" + DEPLOY)).contains("There are none");
        assertThat(console.get(CAROL, WEBHOOKS + "/dead-letter" + DEPLOY + "&id=" + second)
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void allDeadLettersOfAWebhookAreSentAgainOrDropped() throws Exception {
        for (int i = 0; i < 60; i++) {
            console.deadLetter("acme.deploy", "acme/app" + i, "It was late");
        }
        assertThat(page(CAROL, "/dead-letters" + DEPLOY))
                .contains("acme/app49", "rel=\"next\"")
                .doesNotContain("acme/app50");
        leadsTo(post(CAROL, "resend-all", Map.of("name", "acme.deploy")), "/dead-letters" + DEPLOY);
        assertThat(console.webhooks.deadLetters().list("acme.deploy", Optional.empty(), 100))
                .isEmpty();

        console.deadLetter("acme.deploy", "acme/app", "It was late");
        assertThat(page(CAROL, "/drop-all" + DEPLOY)).contains("Drop all dead letters of");
        leadsTo(post(CAROL, "drop-all", Map.of("name", "acme.deploy")), "/dead-letters" + DEPLOY);
        assertThat(console.webhooks.deadLetters().list("acme.deploy", Optional.empty(), 100))
                .isEmpty();
    }
}
