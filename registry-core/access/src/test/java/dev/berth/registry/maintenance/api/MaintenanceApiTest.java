package dev.berth.registry.maintenance.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.account.api.Cell.Who;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.maintenance.api.MaintenanceWorld.Reply;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who looks after a registry over HTTP, what they see, and what they can do. */
class MaintenanceApiTest {
    private static final Set<Who> ADMINISTRATORS = EnumSet.of(Who.ADMINISTRATOR, Who.ADMINISTRATOR_BY_TOKEN);
    private static final Who ROOT = Who.ADMINISTRATOR;

    private final MaintenanceWorld world;

    MaintenanceApiTest() throws IOException {
        world = new MaintenanceWorld();
    }

    @AfterEach
    void close() throws IOException {
        world.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET status",
                "GET collection",
                "POST collection/plan",
                "GET scrub",
                "POST scrub/run",
                "GET trash",
                "POST trash/restore",
                "POST trash/purge",
                "GET storage",
                "GET audit"
            })
    void everythingIsForAdministratorsOfTheRegistry(String route) {
        String[] words = route.split(" ", 2);
        String body = words[1].startsWith("trash/") ? "{'repository':'acme/app','digest':'" + digest("x") + "'}" : "{}";
        for (Who who : Who.values()) {
            Reply reply = words[0].equals("GET") ? world.get(who, words[1]) : world.post(who, words[1], body);
            if (ADMINISTRATORS.contains(who)) {
                assertThat(reply.status()).as("%s", who).isIn(200, 202, 404);
            } else {
                assertThat(reply.status()).as("%s", who).isEqualTo(who.refusal());
            }
        }
        assertThat(world.audited)
                .filteredOn(event -> event.type() == AuditEvent.Type.ACCESS_REFUSED)
                .extracting(AuditEvent::caller)
                .contains("carol", "alice", "bob");
    }

    private static Digest digest(String content) {
        return Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDryRunGoesOnInTheBackgroundAndItsResultIsKept() {
        world.image("team/app", "layer", "1");
        Manifest gone = world.image("team/app", "old layer", "0");
        world.repository("team/app").manifests().delete(gone.digest());
        world.hosted.engine().trash().purge(world.repository("team/app").name());
        JsonNode before = world.get(ROOT, "collection").content();
        assertThat(before.path("on").asBoolean()).isTrue();
        assertThat(before.path("intervalSeconds").asLong()).isEqualTo(600);
        assertThat(before.has("last")).isFalse();
        assertThat(before.path("dryRun").has("last")).isFalse();

        Reply begun = world.post(ROOT, "collection/plan", "{}");

        assertThat(begun.status()).isEqualTo(202);
        assertThat(begun.content().path("begun").asBoolean()).isTrue();
        MaintenanceWorld.await(
                () -> world.get(ROOT, "collection").content().path("dryRun").has("last"));
        JsonNode dryRun = world.get(ROOT, "collection").content().path("dryRun");
        assertThat(dryRun.has("inProgress")).isFalse();
        assertThat(dryRun.path("last").path("report").path("plan").asBoolean()).isTrue();
        assertThat(dryRun.path("last").path("report").path("scope").asText()).isEqualTo("everything");
        assertThat(dryRun.path("last")
                        .path("report")
                        .path("counts")
                        .path("condemned")
                        .asInt())
                .as("manifest, configuration and layer")
                .isEqualTo(3);
        assertThat(world.audited).anySatisfy(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.CHANGE);
            assertThat(event.target()).isEqualTo("collection");
            assertThat(event.caller()).isEqualTo("root");
            assertThat(event.client()).isPresent();
        });
    }

    @Test
    void aScrubIsBegunAndItsFindingsAreTold() throws IOException {
        Manifest image = world.image("team/app", "layer", "1");
        String hex = digest("layer").hex();
        ObjectKey data = ObjectKey.of("docker/registry/v2/blobs/sha256/" + hex.substring(0, 2) + "/" + hex + "/data");
        world.store.put(data, "lay3r".getBytes(StandardCharsets.UTF_8), PutCondition.always());
        assertThat(world.get(ROOT, "scrub").content().has("last")).isFalse();

        assertThat(world.post(ROOT, "scrub/run", "{}").content().path("begun").asBoolean())
                .isTrue();
        MaintenanceWorld.await(() -> world.get(ROOT, "scrub").content().has("last"));

        JsonNode content = world.get(ROOT, "scrub").content();
        assertThat(content.path("on").asBoolean()).isTrue();
        assertThat(content.path("last").path("problems").asInt()).isPositive();
        assertThat(content.path("last").path("findings")).anySatisfy(finding -> {
            assertThat(finding.path("problem").asText()).isEqualTo("damaged-data");
            assertThat(finding.path("digest").asText()).isEqualTo("sha256:" + hex);
            JsonNode affected = finding.path("affected").path(0);
            assertThat(affected.path("repository").asText()).isEqualTo("team/app");
            assertThat(affected.path("tags").path(0).asText()).isEqualTo("1");
            assertThat(affected.path("manifests").path(0).asText())
                    .isEqualTo(image.digest().toString());
        });
        assertThat(content.path("quarantine")).singleElement().satisfies(moved -> {
            assertThat(moved.path("digest").asText()).isEqualTo("sha256:" + hex);
            assertThat(moved.path("size").asInt()).isEqualTo(5);
        });
        JsonNode stored = world.get(ROOT, "storage").content().path("stored");
        assertThat(stored.path("blobs").asLong()).as("what the round has read").isPositive();
    }

    @Test
    void whatWasDeletedIsListedInPages() {
        List<Digest> deleted = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Manifest image = world.image("team/app", "layer " + i, "v" + i);
            world.repository("team/app").manifests().delete(image.digest());
            deleted.add(image.digest());
        }
        world.image("team/web", "layer", "1");
        world.repository("team/web").tags().delete(Tag.parse("1"));
        deleted.sort(null);

        JsonNode repositories = world.get(ROOT, "trash").content();
        assertThat(repositories.path("repositories"))
                .extracting(JsonNode::asText)
                .containsExactly("team/app", "team/web");
        assertThat(world.get(ROOT, "trash?limit=1&after=team/app").content().path("repositories"))
                .extracting(JsonNode::asText)
                .containsExactly("team/web");

        List<String> listed = new ArrayList<>();
        String after = "";
        do {
            JsonNode page =
                    world.get(ROOT, "trash?repository=team/app&limit=3" + after).content();
            page.path("deleted")
                    .forEach(manifest -> listed.add(manifest.path("digest").asText()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
        assertThat(listed).isEqualTo(deleted.stream().map(Digest::toString).toList());

        JsonNode manifest = world.get(ROOT, "trash?repository=team/app&limit=1")
                .content()
                .path("deleted")
                .path(0);
        Duration window = world.hosted.engine().trash().window();
        assertThat(Instant.parse(manifest.path("until").asText()))
                .isEqualTo(Instant.parse(manifest.path("deleted").asText()).plus(window));
        assertThat(manifest.path("tags")).hasSize(1);
        JsonNode tagOnly = world.get(ROOT, "trash?repository=team/web")
                .content()
                .path("deleted")
                .path(0);
        assertThat(tagOnly.has("deleted")).as("its manifest is still there").isFalse();
        assertThat(tagOnly.path("tags").path(0).path("tag").asText()).isEqualTo("1");
    }

    @Test
    void whatIsRestoredIsThereAgainAndToldInTheNameOfTheActor() {
        Manifest image = world.image("team/app", "layer", "1.0", "latest");
        world.repository("team/app").manifests().delete(image.digest());
        world.events.clear();
        world.audited.clear();

        Reply reply = world.post(ROOT, "trash/restore", "{'repository':'team/app','digest':'" + image.digest() + "'}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.content().path("manifests").asInt()).isEqualTo(1);
        assertThat(reply.content().path("tags").asInt()).isEqualTo(2);
        assertThat(world.repository("team/app").tags().resolve(Tag.parse("latest")))
                .isPresent();
        assertThat(world.events).extracting(RegistryEvent::type).contains(EventType.MANIFEST_PUSHED, EventType.TAG_SET);
        assertThat(world.events).extracting(RegistryEvent::actor).containsOnly("root");
        assertThat(world.audited).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.DELETION);
            assertThat(event.caller()).isEqualTo("root");
            assertThat(event.repository()).isEqualTo("team/app");
            assertThat(event.client()).isPresent();
            assertThat(event.requestId()).isNotEmpty();
        });
        assertThat(world.get(ROOT, "trash").content().path("repositories")).isEmpty();
    }

    @Test
    void aTagOrEverythingSinceATimeIsRestored() {
        Manifest image = world.image("team/app", "layer", "1.0", "2.0");
        world.repository("team/app").tags().delete(Tag.parse("1.0"));
        assertThat(world.post(ROOT, "trash/restore", "{'repository':'team/app','tag':'1.0'}")
                        .content()
                        .path("tags")
                        .asInt())
                .isEqualTo(1);
        world.repository("team/app").manifests().delete(image.digest());
        Reply since = world.post(
                ROOT,
                "trash/restore",
                "{'repository':'team/app','since':'" + Instant.now().minusSeconds(3600) + "'}");
        assertThat(since.content().path("tags").asInt()).isEqualTo(2);

        Reply unknown = world.post(ROOT, "trash/restore", "{'repository':'team/app','tag':'never'}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.text()).contains("MANIFEST_UNKNOWN").contains("team/app:never");
    }

    @Test
    void whatIsPurgedCannotBeRestored() {
        Manifest image = world.image("team/app", "layer", "1.0");
        world.repository("team/app").manifests().delete(image.digest());
        assertThat(world.post(ROOT, "trash/purge", "{'repository':'team/app'}")
                        .content()
                        .path("purged")
                        .asInt())
                .isEqualTo(2);
        assertThat(world.post(ROOT, "trash/restore", "{'repository':'team/app','digest':'" + image.digest() + "'}")
                        .status())
                .isEqualTo(404);
        assertThat(world.audited).anySatisfy(event -> {
            assertThat(event.caller()).isEqualTo("root");
            assertThat(event.reason()).contains("cannot be restored");
        });
    }

    @Test
    void theLargestRepositoryIsFirst() {
        world.image("small/app", "x", "1");
        world.image("large/app", "y".repeat(10_000), "1");
        world.image("large/app", "y".repeat(10_000), "2");
        world.hosted.start();
        MaintenanceWorld.await(
                () -> world.hosted.quotas().orElseThrow().total().orElseThrow().repositories() == 2);

        JsonNode content = world.get(ROOT, "storage").content();

        assertThat(content.path("on").asBoolean()).isTrue();
        assertThat(content.path("repositories"))
                .extracting(one -> one.path("repository").asText())
                .containsExactly("large/app", "small/app");
        long large = content.path("repositories").path(0).path("bytes").asLong();
        assertThat(large).as("the layer counts once").isBetween(20_000L, 22_000L);
        assertThat(content.path("total").path("repositories").asInt()).isEqualTo(2);
        assertThat(content.path("total").path("bytes").asLong())
                .isEqualTo(large
                        + content.path("repositories").path(1).path("bytes").asLong());
        assertThat(world.get(ROOT, "storage?limit=1").content().path("repositories"))
                .hasSize(1);
    }

    @Test
    void theAuditIsReadInPagesAndFiltered() {
        String hostile = "<b>\"'&\u202E\u001b[31m";
        for (int i = 0; i < 25; i++) {
            world.audit.on(new AuditEvent(
                    Instant.now(),
                    i % 5 == 0 ? AuditEvent.Type.LOGIN_REFUSED : AuditEvent.Type.CHANGE,
                    AuditOrigin.ofCaller(i % 2 == 0 ? "eve" : hostile),
                    "",
                    "target " + i,
                    AuditEvent.Outcome.DONE,
                    hostile));
        }
        world.audit.flush();

        List<String> targets = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = world.get(ROOT, "audit?limit=7" + after).content();
            page.path("events")
                    .forEach(event -> targets.add(event.path("target").asText()));
            after = page.has("next") ? "&after=" + page.path("next").asText() : "";
        } while (!after.isEmpty());
        assertThat(targets)
                .isEqualTo(IntStream.iterate(24, i -> i >= 0, i -> i - 1)
                        .mapToObj(i -> "target " + i)
                        .toList());

        JsonNode refused =
                world.get(ROOT, "audit?type=LOGIN_REFUSED&caller=eve").content();
        assertThat(refused.path("events"))
                .extracting(event -> event.path("target").asText())
                .containsExactly("target 20", "target 10", "target 0");
        String encoded = URLEncoder.encode("<b>\"'&\u202E", StandardCharsets.UTF_8);
        assertThat(world.get(ROOT, "audit?caller=" + encoded).content().path("events"))
                .isEmpty();
        assertThat(refused.path("events").path(0).path("reason").asText()).isEqualTo(hostile);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit?limit=0",
                "audit?limit=100000",
                "audit?after=x",
                "audit?after=1.1",
                "audit?type=login",
                "audit?type=NOTHING%00",
                "audit?user=x",
                "audit?caller=a&caller=b",
                "audit?caller=%0a",
                "trash?repository=UPPER",
                "trash?repository=../x",
                "trash?repository=team/app&after=1.0",
                "trash?after=..",
                "trash?limit=-1",
                "storage?limit=x",
                "storage?after=x",
                "collection?x=1"
            })
    void aQuestionThatIsWrongIsTheMistakeOfTheClient(String path) {
        Reply reply = world.get(ROOT, path);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.content().path("errors").path(0).path("message").asText())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'repository':'team/app'}",
                "{'repository':'team/app','tag':'1','digest':'sha256:00'}",
                "{'repository':'team/app','digest':'sha256:00'}",
                "{'repository':'team/app','tag':'no tag'}",
                "{'repository':'team/app','since':'yesterday'}",
                "{'repository':'TEAM','tag':'1'}",
                "{'repository':['team/app'],'tag':'1','x':1}",
                "{'repository':'team/app','tag':'1'",
                "[]",
                "null"
            })
    void aRestoreThatIsWrongIsTheMistakeOfTheClient(String body) {
        Reply reply = world.post(ROOT, "trash/restore", body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    }

    @Test
    void whatAFormOfAnotherSiteCouldSendIsRefused() {
        Reply form = world.send(
                ROOT,
                world.request("trash/purge")
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("repository=team/app")));
        assertThat(form.status()).isEqualTo(400);
        Reply foreign = world.send(
                ROOT,
                world.request("trash/purge")
                        .header("Content-Type", "application/json")
                        .header("Sec-Fetch-Site", "cross-site")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"repository\":\"team/app\"}")));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(world.post(ROOT, "collection/plan", "{'scope':'all'}").status())
                .isEqualTo(400);
        assertThat(world.get(ROOT, "nothing").status()).isEqualTo(404);
        assertThat(world.get(ROOT, "trash/restore").status()).isEqualTo(405);
    }

    @Test
    void withoutAccountsItIsForProgramsOfThisMachine() throws IOException, InterruptedException {
        try (RegistryServer open = RegistryServer.builder(world.hosted.views())
                .route(MaintenanceApi.PATH, MaintenanceApi.builder(world.hosted).buildForThisMachine())
                .listen("127.0.0.1", 0)
                .build()
                .start()) {
            URI address = URI.create("http://127.0.0.1:" + open.address().getPort() + MaintenanceApi.PATH + "trash");
            HttpClient client = HttpClient.newHttpClient();
            assertThat(client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.send(
                                    HttpRequest.newBuilder(address)
                                            .header("X-Forwarded-For", "192.0.2.1")
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(403);
        }
    }
}
