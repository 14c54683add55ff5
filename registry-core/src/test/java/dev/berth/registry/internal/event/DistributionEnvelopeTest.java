package dev.berth.registry.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.Registry;
import dev.berth.registry.access.RequestContext;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.compose.Observed;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Docker's own registry and ours are told the same, and what they tell of it is compared field by field. Identifiers, times,
 * ports and the names of the processes differ by their nature.
 */
@Timeout(120)
class DistributionEnvelopeTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** Of the user alice, as {@code htpasswd -B} writes it; her password is {@code secret}. */
    private static final String PASSWORDS = "alice:$2y$05$HySkXeWOnzWRFGbk2YYZAelY3KvrtIMGJkdR0OWAo9WYl8WELdSwO\n";

    /** Where Docker's registry tells of something and ours does not, and why that is meant. */
    private static final Map<String, String> ONLY_THEIRS = Map.of(
            "look for a tag", "HEAD reads nothing",
            "look for an image", "HEAD reads nothing",
            "look for a blob", "HEAD reads nothing",
            "pull a blob that the client has", "304 sends nothing");

    /** Where ours tells of something and Docker's registry does not, and why that is meant. */
    private static final Map<String, String> ONLY_OURS = Map.of(
            "push a blob by a POST", "Docker's registry does not know it, and begins an upload instead",
            "delete a tag", "Docker's registry refuses it; the event is the one that it has for a tag of a manifest");

    private record Envelope(String contentType, JsonNode body) {}

    private List<Envelope> theirs = List.of();
    private List<Envelope> ours = List.of();

    @BeforeEach
    void tellBoth(@TempDir Path directory) throws Exception {
        theirs = ofDockersRegistry(directory);
        ours = ofBerth();
    }

    private static List<Envelope> ofDockersRegistry(Path directory) throws IOException, InterruptedException {
        BlockingQueue<Envelope> arrived = new LinkedBlockingQueue<>();
        HttpServer receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            JsonNode body = JSON.readTree(exchange.getRequestBody());
            arrived.add(new Envelope(exchange.getRequestHeaders().getFirst("Content-Type"), body));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
        Path passwords = Files.writeString(directory.resolve("htpasswd"), PASSWORDS);
        String endpoint = "[{name: test, url: 'http://127.0.0.1:%d/', timeout: 10s, threshold: 3, backoff: 1s}]"
                .formatted(receiver.getAddress().getPort());
        try (DockerRegistry registry = DockerRegistry.start(
                directory,
                "REGISTRY_NOTIFICATIONS_ENDPOINTS=" + endpoint,
                "REGISTRY_AUTH_HTPASSWD_REALM=tests",
                "REGISTRY_AUTH_HTPASSWD_PATH=" + passwords)) {
            new PushScript(URI.create("http://" + registry.address()), "alice:secret").run();
            List<Envelope> envelopes = new ArrayList<>();
            do {
                Envelope next = arrived.poll(30, TimeUnit.SECONDS);
                assertThat(next).as("the event of the last step").isNotNull();
                envelopes.add(next);
            } while (!stepOf(last(envelopes).body().at("/events/0")).equals(PushScript.LAST));
            return envelopes;
        } finally {
            receiver.stop(0);
        }
    }

    private static Envelope last(List<Envelope> envelopes) {
        return envelopes.get(envelopes.size() - 1);
    }

    private static List<Envelope> ofBerth() throws IOException, InterruptedException {
        Registry registry = StorageRegistry.over(MemoryObjectStore.create());
        EventContext process = EventContext.builder().instance("registry-1").build();
        BlockingQueue<RegistryEvent> events = new LinkedBlockingQueue<>();
        try (RegistryServer server = RegistryServer.builder((caller, access, request) ->
                        Observed.of(registry, RequestContext.of(process, request), events::addAll))
                .authenticator((request, access) -> Caller.named("alice"))
                .listen("127.0.0.1", 0)
                .build()
                .start()) {
            new PushScript(server.uri(), "alice:secret").run();
        }
        List<Envelope> envelopes = new ArrayList<>();
        for (RegistryEvent event : events) {
            for (EventBody body : EventFormats.distribution().bodies(List.of(event))) {
                envelopes.add(new Envelope(body.contentType(), JSON.readTree(body.content())));
            }
        }
        return envelopes;
    }

    private static String stepOf(JsonNode event) {
        return event.at("/request/useragent").asText();
    }

    /** Returns the events of each step without what differs by its nature, those of one step in the order of their tags. */
    private static Map<String, List<JsonNode>> bySteps(List<Envelope> envelopes) {
        Map<String, List<JsonNode>> steps = new LinkedHashMap<>();
        for (Envelope envelope : envelopes) {
            for (JsonNode event : envelope.body().get("events")) {
                steps.computeIfAbsent(stepOf(event), step -> new ArrayList<>()).add(normalised((ObjectNode) event));
            }
        }
        steps.values()
                .forEach(events -> events.sort((a, b) -> a.at("/target/tag")
                        .asText()
                        .compareTo(b.at("/target/tag").asText())));
        return steps;
    }

    private static JsonNode normalised(ObjectNode event) {
        assertThat(event.path("id").asText()).matches("[0-9a-f-]{36}");
        assertThat(event.path("timestamp").asText()).matches("[0-9-]{10}T[0-9:]{8}(\\.[0-9]+)?Z");
        assertThat(event.at("/request/id").asText()).isNotEmpty();
        assertThat(event.at("/request/addr").asText()).matches("127\\.0\\.0\\.1:[0-9]+");
        assertThat(event.at("/source/instanceID").asText()).isNotEmpty();
        ObjectNode copy = event.deepCopy();
        copy.put("id", "");
        copy.put("timestamp", "");
        // Docker's registry also has the address that it listens at, which events of ours do not know.
        copy.put("source", "");
        ObjectNode request = (ObjectNode) copy.get("request");
        request.put("id", "").put("addr", "");
        request.put("host", withoutPort(request.path("host").asText()));
        ObjectNode target = (ObjectNode) copy.get("target");
        if (target.has("url")) {
            target.put("url", withoutPort(target.path("url").asText()));
        }
        return copy;
    }

    private static String withoutPort(String text) {
        return text.replaceFirst("127\\.0\\.0\\.1:[0-9]+", "registry.example");
    }

    @Test
    void agreesWithDockersRegistryFieldByField() {
        Map<String, List<JsonNode>> expected = bySteps(theirs);
        Map<String, List<JsonNode>> actual = bySteps(ours);

        assertThat(expected.keySet()).containsAll(ONLY_THEIRS.keySet()).doesNotContainAnyElementsOf(ONLY_OURS.keySet());
        assertThat(actual.keySet()).containsAll(ONLY_OURS.keySet()).doesNotContainAnyElementsOf(ONLY_THEIRS.keySet());
        assertThat(actual.get("delete a tag"))
                .singleElement()
                .satisfies(event -> assertThat(event.get("target").toString())
                        .isEqualTo("{\"repository\":\"team/app\",\"tag\":\"index\"}"));
        expected.keySet().removeAll(ONLY_THEIRS.keySet());
        actual.keySet().removeAll(ONLY_OURS.keySet());
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        assertThat(expected).hasSizeGreaterThan(20);
        expected.forEach((step, events) -> assertThat(actual.get(step)).as(step).isEqualTo(events));
    }

    @Test
    void saysSoInTheSameContentType() {
        assertThat(contentTypes(ours)).hasSize(1).isEqualTo(contentTypes(theirs));
    }

    private static Set<String> contentTypes(List<Envelope> envelopes) {
        return Set.copyOf(envelopes.stream().map(Envelope::contentType).toList());
    }

    /** Each action of Docker's registry is among the steps. */
    @Test
    void knowsEveryAction() {
        Map<String, Integer> actions = new TreeMap<>();
        for (Envelope envelope : ours) {
            envelope.body()
                    .get("events")
                    .forEach(event -> actions.merge(event.path("action").asText(), 1, Integer::sum));
        }

        assertThat(actions).containsOnlyKeys("delete", "mount", "pull", "push");
    }
}
