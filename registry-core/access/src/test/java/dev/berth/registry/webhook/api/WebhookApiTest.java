package dev.berth.registry.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.account.api.Cell;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.webhook.SendResult;
import dev.berth.registry.webhook.WebhookEndpoint;
import dev.berth.registry.webhook.WebhookFormat;
import dev.berth.registry.webhook.WebhookSecret;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What the management of webhooks does. */
class WebhookApiTest {
    private static final String ROOT = WebhookWorld.ROOT;
    private static final String CAROL = WebhookWorld.CAROL;

    private final WebhookWorld world = new WebhookWorld();

    private JsonNode put(String who, String body) {
        var reply = world.call(who, "PUT", "endpoints", body);
        assertThat(reply.status()).as("%s", reply).isIn(200, 201);
        return reply.content();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }

    @Test
    void anEndpointIsAddedWithAllThatItHas() {
        String secret = WebhookSecret.generate().encoded();
        var reply = world.call(
                CAROL,
                "PUT",
                "endpoints",
                "{'name':'acme.new','url':'https://hooks.example:8443/in?key=k','format':'distribution',"
                        + "'repositories':['acme/team/**','acme/app'],'actions':['push'],'ignoreTypes':['blob.pushed'],"
                        + "'mediaTypes':['application/vnd.oci.image.index.v1+json'],'headers':{'X-Token':'t'},"
                        + "'secrets':['" + secret + "'],'timeout':'1500ms','active':false}");
        assertThat(reply.status()).isEqualTo(201);
        JsonNode node = reply.content();
        assertThat(node.path("origin").asText()).isEqualTo("https://hooks.example:8443");
        assertThat(node.path("format").asText()).isEqualTo("distribution");
        assertThat(texts(node.path("repositories"))).containsExactly("acme/app", "acme/team/**");
        assertThat(texts(node.path("types"))).containsExactly("blob.pushed", "manifest.pushed", "tag.set");
        assertThat(texts(node.path("ignoreTypes"))).containsExactly("blob.pushed");
        assertThat(texts(node.path("headerNames"))).containsExactly("X-Token");
        assertThat(node.path("secrets").asInt()).isEqualTo(1);
        assertThat(node.path("timeout").asText()).isEqualTo("1500ms");
        assertThat(node.path("source").asText()).isEqualTo("api");
        assertThat(node.path("delivery").path("state").asText()).isEqualTo("inactive");
        WebhookEndpoint endpoint = world.endpointNow("acme.new");
        assertThat(endpoint.url()).isEqualTo(URI.create("https://hooks.example:8443/in?key=k"));
        assertThat(endpoint.format()).isEqualTo(WebhookFormat.DISTRIBUTION);
        assertThat(endpoint.headers()).isEqualTo(Map.of("X-Token", "t"));
        assertThat(endpoint.secrets()).containsExactly(WebhookSecret.parse(secret));
        assertThat(endpoint.timeout()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void addingOneChangesNoneThatThereIs() {
        String body = "{'name':'acme.deploy','url':'https://hooks.example/other','repositories':['acme/app']}";
        var refused = world.call(CAROL, "POST", "endpoints", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).contains("'acme.deploy' already");
        assertThat(world.endpointNow("acme.deploy")).isEqualTo(WebhookWorld.endpoint("acme.deploy", "acme/**"));
        // Of one that she does not manage, she is not told.
        assertThat(world.call(CAROL, "POST", "endpoints", body.replace("acme.deploy", "other.deploy"))
                        .status())
                .isEqualTo(403);

        assertThat(world.call(CAROL, "POST", "endpoints", body.replace("acme.deploy", "acme.fresh"))
                        .status())
                .isEqualTo(201);
        assertThat(world.endpointNow("acme.fresh").url()).hasToString("https://hooks.example/other");
    }

    @Test
    void whatIsNotShownStaysUnlessItIsStated() {
        WebhookEndpoint before = world.endpointNow("acme.deploy");
        put(CAROL, "{'name':'acme.deploy','repositories':['acme/app'],'format':'dockerhub'}");
        WebhookEndpoint after = world.endpointNow("acme.deploy");
        assertThat(after.url()).isEqualTo(before.url());
        assertThat(after.headers()).isEqualTo(before.headers());
        assertThat(after.secrets()).isEqualTo(before.secrets());
        assertThat(after.format()).isEqualTo(WebhookFormat.DOCKER_HUB);
        put(CAROL, "{'name':'acme.deploy','repositories':['acme/app'],'headers':{},'secrets':[]}");
        assertThat(world.endpointNow("acme.deploy").headers()).isEmpty();
        assertThat(world.endpointNow("acme.deploy").secrets()).isEmpty();
    }

    @Test
    void valuesOfHeadersAreNotSentToAnotherUrl() {
        String moved = "{'name':'acme.deploy','url':'https://elsewhere.example/','repositories':['acme/**']HEADERS}";
        var reply = world.call(CAROL, "PUT", "endpoints", moved.replace("HEADERS", ""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.message()).contains("state them again");
        put(CAROL, moved.replace("HEADERS", ",'headers':{'X-New':'n'}"));
        assertThat(world.endpointNow("acme.deploy").headers()).isEqualTo(Map.of("X-New", "n"));
    }

    @Test
    void nothingSecretIsShownOrTold() {
        StringBuilder shown = new StringBuilder();
        world.result = SendResult.Failed.of("The receiver answered 503");
        for (Cell row : WebhookRights.rows()) {
            for (String who : List.of(ROOT, CAROL, WebhookWorld.BOB)) {
                boolean rotates = row.route().equals("POST secrets");
                var reply = world.call(who, row.method(), row.path(), row.body());
                shown.append(rotates && reply.status() == 201 ? "" : reply);
            }
            if (row.method().equals("DELETE")) {
                shown.append(world.events);
                world.reset();
            }
        }
        String bad =
                "{'name':'acme.deploy','url':'https://u:very-secret-path@hooks.example/','repositories':['acme/**'],"
                        + "'secrets':['whsec_very-secret-path'],'headers':{'Host':'very-secret-value'}}";
        shown.append(world.call(CAROL, "PUT", "endpoints", bad));
        shown.append(world.call(CAROL, "PUT", "endpoints", bad.replace("u:very-secret-path@", "")));
        shown.append(world.call(
                CAROL,
                "PUT",
                "endpoints",
                bad.replace("u:very-secret-path@", "").replace("whsec_very-secret-path", "x")));
        shown.append(world.call(CAROL, "PUT", "endpoints", bad.replace("https://", "ht tps://very-secret-path")));
        shown.append(world.events);
        assertThat(shown.toString())
                .contains("https://hooks.example", "Authorization")
                .doesNotContain("very-secret", WebhookWorld.SECRET.encoded());
    }

    @Test
    void aRotatedSecretIsShownOnceAndTheOldOneStaysUntilItIsDropped() {
        var reply = world.call(CAROL, "POST", "secrets", "{'name':'acme.deploy'}");
        assertThat(reply.status()).isEqualTo(201);
        WebhookSecret added = WebhookSecret.parse(reply.content().path("secret").asText());
        assertThat(world.endpointNow("acme.deploy").secrets()).containsExactly(added, WebhookWorld.SECRET);
        assertThat(world.get(CAROL, "endpoint?name=acme.deploy")
                        .content()
                        .path("secrets")
                        .asInt())
                .isEqualTo(2);
        assertThat(world.call(CAROL, "DELETE", "secrets?name=acme.deploy", "").status())
                .isEqualTo(204);
        assertThat(world.endpointNow("acme.deploy").secrets()).containsExactly(added);
        assertThat(world.events)
                .extracting(AuditEvent::reason)
                .containsExactly("secret added; there are 2", "secrets dropped: 1 older than the newest");
    }

    @Test
    void thereAreAtMostFourSecrets() {
        for (int i = 0; i < 3; i++) {
            assertThat(world.call(CAROL, "POST", "secrets", "{'name':'acme.deploy'}")
                            .status())
                    .isEqualTo(201);
        }
        assertThat(world.call(CAROL, "POST", "secrets", "{'name':'acme.deploy'}")
                        .status())
                .isEqualTo(412);
    }

    @Test
    void ofSeveralRotationsAtTheSameTimeNoneIsLost() throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(3);
        try {
            Callable<String> rotation = () -> world.call(CAROL, "POST", "secrets", "{'name':'acme.deploy'}")
                    .content()
                    .path("secret")
                    .asText();
            List<WebhookSecret> shown = new ArrayList<>();
            for (var future : executor.invokeAll(List.of(rotation, rotation, rotation))) {
                shown.add(WebhookSecret.parse(future.get()));
            }
            shown.add(WebhookWorld.SECRET);
            assertThat(world.endpointNow("acme.deploy").secrets()).containsExactlyInAnyOrderElementsOf(shown);
        } finally {
            executor.shutdown();
        }
    }

    @Test
    void aTestSaysOnlyWhetherTheMessageWasDelivered() {
        var delivered = world.call(CAROL, "POST", "test", "{'name':'acme-ci'}");
        assertThat(delivered.content().toString()).isEqualTo("{\"delivered\":true}");
        assertThat(world.sent).containsExactly("acme-ci");
        world.result = new SendResult.Failed("The receiver answered 503", Optional.of(Duration.ofHours(1)));
        var failed = world.call(CAROL, "POST", "test", "{'name':'acme-ci'}");
        world.result = SendResult.Failed.of("The receiver could not be connected to");
        assertThat(world.call(ROOT, "POST", "test", "{'name':'acme-ci'}")).isEqualTo(failed);
        assertThat(failed.content().path("delivered").asBoolean(true)).isFalse();
        assertThat(failed.content().toString()).doesNotContain("503", "connect");
        assertThat(world.events)
                .extracting(AuditEvent::reason)
                .containsExactly(
                        "test message delivered",
                        "test message not delivered: The receiver answered 503",
                        "test message not delivered: The receiver could not be connected to");
    }

    @Test
    void testsAreLimitedForEachCaller() {
        for (int i = 0; i < TestLimit.MOST; i++) {
            assertThat(world.call(CAROL, "POST", "test", "{'name':'acme-ci'}").status())
                    .isEqualTo(200);
            world.advance(1);
        }
        var refused = world.call(CAROL, "POST", "test", "{'name':'acme.deploy'}");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.headers()).containsEntry("Retry-After", "54");
        assertThat(world.call(ROOT, "POST", "test", "{'name':'acme-ci'}").status())
                .isEqualTo(200);
        world.advance(54);
        assertThat(world.call(CAROL, "POST", "test", "{'name':'acme.deploy'}").status())
                .isEqualTo(200);
    }

    @Test
    void onlyAdministratorsOfTheRegistryLearnWhyAMessageWasGivenUp() {
        String path = "dead-letters?name=acme.deploy";
        assertThat(world.get(ROOT, path).content().path("deadLetters").findValuesAsText("reason"))
                .containsExactly("The receiver answered 503");
        JsonNode letter = world.get(CAROL, path).content().path("deadLetters").path(0);
        assertThat(letter.has("reason")).isFalse();
        assertThat(letter.path("attempts").asInt()).isEqualTo(7);
        assertThat(letter.path("events").findValuesAsText("repository")).containsExactly("acme/app");
    }

    @Test
    void deadLettersArePaged() {
        for (int i = 0; i < 4; i++) {
            world.addDeadLetter("acme.deploy", "acme/app" + i);
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        int pages = 0;
        do {
            JsonNode page = world.get(CAROL, "dead-letters?name=acme.deploy&limit=2&after=" + after)
                    .content();
            seen.addAll(page.path("deadLetters").findValuesAsText("repository"));
            after = page.path("next").asText();
            pages++;
        } while (!after.isEmpty());
        assertThat(pages).isEqualTo(3);
        assertThat(seen).containsExactly("acme/app", "acme/app0", "acme/app1", "acme/app2", "acme/app3");
    }

    @Test
    void aDeadLetterIsShownAsItIsSent() {
        String id = world.letter("acme.deploy");
        JsonNode shown =
                world.get(CAROL, "dead-letter?name=acme.deploy&id=" + id).content();
        assertThat(shown.path("id").asText()).isEqualTo(id);
        assertThat(shown.has("reason")).isFalse();
        assertThat(shown.path("bodies"))
                .singleElement()
                .satisfies(body -> assertThat(body.asText())
                        .contains("\"type\":\"dev.berth.tag.deleted\"")
                        .contains("\"repository\":\"acme/app\""));
        assertThat(world.get(ROOT, "dead-letter?name=acme.deploy&id=" + id)
                        .content()
                        .path("reason")
                        .asText())
                .isEqualTo("The receiver answered 503");
        assertThat(world.get(CAROL, "dead-letter?name=acme.deploy&id=acme.deploy/0")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void allDeadLettersOfAnEndpointAreRemovedButThoseAboutRepositoriesOfOthers() {
        world.addDeadLetter("acme.deploy", "other/app");
        world.addDeadLetter("acme.deploy", "acme/last");

        assertThat(world.call(CAROL, "POST", "dead-letters/remove-all", "{'name':'acme.deploy'}")
                        .content())
                .hasToString("{\"removed\":2,\"more\":false}");

        assertThat(world.get(ROOT, "dead-letters?name=acme.deploy").content().findValuesAsText("repository"))
                .containsExactly("other/app");
        assertThat(world.get(ROOT, "dead-letters?name=all").content().path("deadLetters"))
                .hasSize(1);
        assertThat(world.events)
                .last()
                .satisfies(event -> assertThat(event.reason()).isEqualTo("dead letters removed: 2"));
    }

    @Test
    void deadLettersAboutRepositoriesOfOthersAreNeitherSeenNorSent() {
        world.addDeadLetter("acme.deploy", "other/app");
        world.addDeadLetter("acme.deploy", "acme/last");
        JsonNode all =
                world.get(ROOT, "dead-letters?name=acme.deploy").content().path("deadLetters");
        assertThat(all.findValuesAsText("repository")).containsExactly("acme/app", "other/app", "acme/last");
        assertThat(world.get(CAROL, "dead-letters?name=acme.deploy&limit=2")
                        .content()
                        .findValuesAsText("repository"))
                .containsExactly("acme/app", "acme/last");
        String others = all.path(1).path("id").asText();
        String body = "{'name':'acme.deploy','id':'" + others + "'}";
        assertThat(world.call(CAROL, "POST", "dead-letters/resend", body).status())
                .isEqualTo(404);
        assertThat(world.call(CAROL, "POST", "dead-letters/resend-all", "{'name':'acme.deploy'}")
                        .content()
                        .toString())
                .isEqualTo("{\"resent\":2,\"more\":false}");
        assertThat(world.get(ROOT, "dead-letters?name=acme.deploy").content().findValuesAsText("repository"))
                .containsExactly("other/app");
        assertThat(world.call(ROOT, "POST", "dead-letters/resend", body).status())
                .isEqualTo(204);
    }

    @Test
    void theIdOfADeadLetterOfAnotherEndpointIsRefused() {
        String others = world.letter("other.deploy");
        for (String id : List.of(others, "acme.deploy/../other.deploy/1", "acme.deploy/", "1")) {
            var reply = world.call(CAROL, "POST", "dead-letters/resend", "{'name':'acme.deploy','id':'" + id + "'}");
            assertThat(reply.status()).as(id).isEqualTo(400);
            assertThat(world.call(CAROL, "DELETE", "dead-letters?name=acme.deploy&id=" + id, "")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(world.letter("other.deploy")).isEqualTo(others);
    }

    @Test
    void endpointsArePaged() {
        JsonNode first = world.get(ROOT, "endpoints?limit=4").content();
        assertThat(first.path("endpoints").findValuesAsText("name"))
                .containsExactly("acme-ci", "acme.deploy", "all", "mixed");
        assertThat(first.path("next").asText()).isEqualTo("mixed");
        JsonNode second = world.get(ROOT, "endpoints?limit=4&after=mixed").content();
        assertThat(second.path("endpoints").findValuesAsText("name")).containsExactly("other.deploy", "site");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void thereIsABoundForAPatternAndForAll() {
        world.limit(3, 8);
        String body = "{'name':'NAME','url':'https://hooks.example/','repositories':['acme/app']}";
        // There are acme.deploy, acme-ci, and mixed, which has a repository within acme.
        var full = world.call(CAROL, "PUT", "endpoints", body.replace("NAME", "acme.new"));
        assertThat(full.status()).isEqualTo(403);
        assertThat(full.message()).contains("3 webhooks within acme/**");
        world.call(CAROL, "PUT", "endpoints", "{'name':'acme.deploy','repositories':['acme/app']}");
        assertThat(world.endpointNow("acme.deploy").filter().repositories().toString())
                .isEqualTo("[acme/app]");
        put(ROOT, body.replace("NAME", "one"));
        put(ROOT, body.replace("NAME", "two"));
        var all = world.call(ROOT, "PUT", "endpoints", body.replace("NAME", "three"));
        assertThat(all.status()).isEqualTo(403);
        assertThat(all.message()).contains("8 webhooks in the registry");
        put(ROOT, body.replace("NAME", "two"));
    }
}
