package dev.berth.registry.mirror.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.account.api.Cell.Who;
import dev.berth.registry.account.api.ManagedRegistry;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.StaleAnswer;
import dev.berth.registry.mirror.replication.Replication;
import dev.berth.registry.mirror.replication.ReplicationRule;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told how mirrors and replication are, and what they are told. */
class MirrorApiTest {
    private static final Set<Who> ADMINISTRATORS = EnumSet.of(Who.ADMINISTRATOR, Who.ADMINISTRATOR_BY_TOKEN);

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    private final ManagedRegistry people = new ManagedRegistry();
    private final List<AuditEvent> events = new ArrayList<>();
    private final StorageRegistry there = StorageRegistry.over(MemoryObjectStore.create());
    private final ObjectStore store = MemoryObjectStore.create();
    private final StorageRegistry here = StorageRegistry.over(store);
    private final ServedMirror ofAcme = mirror("acme");
    private final ServedMirror ofHub = mirror("hub.example");
    private final Replication replication = Replication.builder(here, store)
            .rule(ReplicationRule.builder("west").build(), there)
            .build();
    private final Deque<Runnable> begun = new ArrayDeque<>();

    private final MirrorApi api = builder()
            .listener(events::add)
            .store(people.accounts)
            .tokens(people.tokens.authenticator())
            .build(people.logins);

    private MirrorApi.Builder builder() {
        return MirrorApi.builder().mirrors(List.of(ofAcme, ofHub)).replication(List.of(replication), begun::add);
    }

    private ServedMirror mirror(String name) {
        MirrorActivity activity = new MirrorActivity();
        PullThrough mirror = PullThrough.of(
                there,
                here,
                store,
                MirrorOptions.builder()
                        .name(name)
                        .prefix(RepositoryName.parse(name))
                        .budget(1_000_000)
                        .listener(activity)
                        .build());
        return new ServedMirror(mirror, "https://" + name, List.of(name, "other-" + name), false, activity);
    }

    private ManagedRegistry.Reply call(Who who, String method, String path) {
        Map<String, String> headers = new TreeMap<>();
        String authorization = who.authorization(people);
        if (!authorization.isEmpty()) {
            headers.put("Authorization", authorization);
        }
        if (method.equals("POST")) {
            headers.put("Content-Type", "application/json");
        }
        return ManagedRegistry.send(api, method, MirrorApi.PATH + path, headers, method.equals("POST") ? "{}" : "");
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(element -> names.add(element.path("name").asText()));
        return names;
    }

    @Test
    void administratorsSeeAllMirrorsAndThoseOfAnOrganisationItsOwn() {
        for (Who who : Who.values()) {
            ManagedRegistry.Reply reply = call(who, "GET", "status");
            if (ADMINISTRATORS.contains(who)) {
                assertThat(names(reply.content().path("mirrors"))).as("%s", who).containsExactly("acme", "hub.example");
            } else if (who == Who.ORGANISATION_ADMINISTRATOR) {
                assertThat(names(reply.content().path("mirrors"))).containsExactly("acme");
            } else {
                assertThat(reply.status()).as("%s", who).isEqualTo(who.refusal());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET replication", "POST replication/run"})
    void replicationIsForAdministratorsOfTheRegistry(String route) {
        String[] words = route.split(" ", 2);
        for (Who who : Who.values()) {
            assertThat(call(who, words[0], words[1]).status())
                    .as("%s", who)
                    .isEqualTo(!ADMINISTRATORS.contains(who) ? who.refusal() : words[0].equals("GET") ? 200 : 202);
        }
        assertThat(events)
                .filteredOn(event -> event.type() == AuditEvent.Type.ACCESS_REFUSED)
                .isNotEmpty();
    }

    @Test
    void whatAMirrorHoldsAndHasDoneIsTold() {
        Manifest manifest = Manifest.of(
                "application/vnd.oci.image.index.v1+json",
                ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}")
                        .getBytes(StandardCharsets.UTF_8));
        there.repository("library/app").manifests().put(manifest, Tag.parse("1.0"));
        ofHub.mirror().repository("hub.example/library/app").manifests().get(Tag.parse("1.0"));
        ofHub.mirror().repository("hub.example/library/app").manifests().get(Tag.parse("1.0"));

        JsonNode mirror = call(Who.ADMINISTRATOR, "GET", "status")
                .content()
                .path("mirrors")
                .path(1);

        assertThat(mirror.path("upstream").asText()).isEqualTo("https://hub.example");
        assertThat(mirror.path("namespaces")).hasSize(2);
        assertThat(mirror.path("images").asInt()).isEqualTo(1);
        assertThat(mirror.path("bytes").asLong()).isEqualTo(manifest.size());
        assertThat(mirror.path("budget").asLong()).isEqualTo(1_000_000);
        assertThat(mirror.path("misses").asLong()).isEqualTo(1);
        assertThat(mirror.path("hits").asLong()).isEqualTo(1);
        assertThat(mirror.has("lastStale")).isFalse();
    }

    @Test
    void sinceWhenAnUpstreamRegistryDoesNotAnswerIsTold() {
        MirrorActivity activity = ofHub.activity();
        assertThat(contact().isMissingNode()).as("nobody has asked it").isTrue();

        activity.answered(NOON);
        activity.answered(NOON.plusSeconds(10));
        assertThat(contact())
                .hasToString("{\"answers\":true,\"since\":\"2030-01-01T12:00:00Z\",\"last\":\"2030-01-01T12:00:10Z\"}");

        activity.unanswered(NOON.plusSeconds(20), StaleAnswer.Reason.FAILED, "It is away");
        activity.unanswered(NOON.plusSeconds(30), StaleAnswer.Reason.TIMED_OUT, "It is late");
        assertThat(contact())
                .hasToString("{\"answers\":false,\"since\":\"2030-01-01T12:00:20Z\",\"last\":\"2030-01-01T12:00:30Z\","
                        + "\"reason\":\"timed_out\",\"message\":\"It is late\"}");

        activity.answered(NOON.plusSeconds(40));
        assertThat(contact().path("answers").asBoolean()).isTrue();
        assertThat(contact().path("since").asText()).isEqualTo("2030-01-01T12:00:40Z");
    }

    private JsonNode contact() {
        return call(Who.ADMINISTRATOR, "GET", "status")
                .content()
                .path("mirrors")
                .path(1)
                .path("contact");
    }

    @Test
    void aComparisonIsBegunOnceAndItsResultIsTold() {
        Manifest manifest = Manifest.of(
                "application/vnd.oci.image.index.v1+json",
                ("{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.index.v1+json\",\"manifests\":[]}")
                        .getBytes(StandardCharsets.UTF_8));
        here.repository("team/app").manifests().put(manifest, Tag.parse("1.0"));

        assertThat(call(Who.ADMINISTRATOR, "POST", "replication/run")
                        .content()
                        .path("begun")
                        .asBoolean())
                .isTrue();
        assertThat(call(Who.ADMINISTRATOR, "POST", "replication/run")
                        .content()
                        .path("begun")
                        .asBoolean())
                .as("a second one")
                .isFalse();
        assertThat(call(Who.ADMINISTRATOR, "GET", "replication")
                        .content()
                        .path("running")
                        .asBoolean())
                .isTrue();
        assertThat(begun).hasSize(1);
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.CHANGE);
            assertThat(event.caller()).isEqualTo("root");
        });
        begun.remove().run();

        JsonNode content = call(Who.ADMINISTRATOR, "GET", "replication").content();
        assertThat(content.path("running").asBoolean()).isFalse();
        JsonNode rule = content.path("rules").path(0);
        assertThat(rule.path("name").asText()).isEqualTo("west");
        assertThat(rule.path("direction").asText()).isEqualTo("push");
        assertThat(rule.path("carried").asLong()).isEqualTo(1);
        assertThat(rule.path("lastComparison").path("complete").asBoolean()).isTrue();
        assertThat(there.repository("team/app").tags().resolve(Tag.parse("1.0")))
                .isPresent();
    }

    @Test
    void withoutAccountsOnlyProgramsOfThisMachineAreTold() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        try (RegistryServer server = RegistryServer.builder(here)
                .route(MirrorApi.PATH, builder().buildForThisMachine())
                .listen("127.0.0.1", 0)
                .build()
                .start()) {
            URI address = URI.create("http://127.0.0.1:" + server.address().getPort() + MirrorApi.PATH + "status");

            assertThat(status(client, HttpRequest.newBuilder(address))).isEqualTo(200);
            for (String name : List.of("X-Forwarded-For", "Forwarded", "Via", "Origin", "Sec-Fetch-Site", "Referer")) {
                assertThat(status(client, HttpRequest.newBuilder(address).header(name, "elsewhere.example")))
                        .as(name)
                        .isEqualTo(403);
            }
            // By another name: a page in a browser may have one that leads here.
            assertThat(ManagedRegistry.send(
                                    builder().buildForThisMachine(),
                                    "GET",
                                    MirrorApi.PATH + "status",
                                    Map.of("Host", "elsewhere.example"),
                                    "")
                            .status())
                    .isEqualTo(403);
        }
    }

    private static int status(HttpClient client, HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
