package dev.berth.registry.console.api;

import static dev.berth.registry.console.TestOperations.CAROL;
import static dev.berth.registry.console.TestOperations.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.client.limit.RateLimit;
import dev.berth.registry.console.TestOperations;
import dev.berth.registry.event.EventFactory;
import dev.berth.registry.event.EventType;
import dev.berth.registry.internal.management.ManagementApi;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.mirror.StaleAnswer;
import dev.berth.registry.server.RegistryHandler;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The description of the management APIs says what they take and answer: every address, every field, and no other. */
class ManagementDescriptionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PREFIX = "/api/v1/";

    /** What is told only while something waits, works or fails, at which other tests look. */
    private static final Set<String> SELDOM = Set.of(
            "Delivery.oldestPending",
            "Delivery.lastFailure",
            "Delivery.lastFailureTime",
            "ReplicationRule.differences.agreed",
            "ReplicationRule.pausedUntil",
            "ReplicationRule.problem",
            "ReplicationRule.progress",
            "ReplicationRule.progress.started",
            "ReplicationRule.progress.done",
            "ReplicationRule.progress.of");

    private final TestOperations console = TestOperations.start();
    private final JsonNode description = JSON.readTree(ApiDescription.load());
    private final Set<String> seen = new HashSet<>();

    ManagementDescriptionTest() throws Exception {}

    @AfterEach
    void end() {
        console.close();
    }

    private static List<Route> routes(RegistryHandler handler) throws ReflectiveOperationException {
        Field api = handler.getClass().getDeclaredField("api");
        api.setAccessible(true);
        return ((ManagementApi) api.get(handler)).routes();
    }

    @Test
    void everyAddressIsDescribedWithItsFields() throws Exception {
        Map<String, Set<String>> described = new TreeMap<>();
        description.path("paths").properties().forEach(path -> path.getValue()
                .properties()
                .forEach(method -> described.put(
                        method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                        fields(method.getValue()))));
        Map<String, Set<String>> there = new TreeMap<>();
        for (Map.Entry<String, RegistryHandler> handler : console.routes().entrySet()) {
            if (handler.getKey().startsWith("/berth/")) {
                String path = PREFIX + handler.getKey().substring("/berth/".length());
                for (Route route : routes(handler.getValue())) {
                    Set<String> fields = new TreeSet<>(route.fields());
                    fields.addAll(route.maps());
                    there.put(route.method() + " " + path + route.path(), fields);
                }
            }
        }
        described.keySet().removeIf(address -> !address.contains(PREFIX + "access/")
                && !address.contains(PREFIX + "webhooks/")
                && !address.contains(PREFIX + "mirrors/"));
        assertThat(described).isEqualTo(there);
    }

    private static Set<String> fields(JsonNode operation) {
        Set<String> fields = new TreeSet<>();
        operation.path("parameters").forEach(parameter -> fields.add(parameter.path("name").asText()));
        operation
                .at("/requestBody/content/application~1json/schema/properties")
                .fieldNames()
                .forEachRemaining(fields::add);
        return fields;
    }

    @Test
    void everyMemberOfAnAnswerIsDescribedAndEveryOneThatIsDescribedIsThere() throws Exception {
        prepare();
        String letter = console.deadLetter(
                "acme.deploy",
                List.of(EventFactory.system()
                        .event(EventType.TAG_SET, RepositoryName.parse("acme/app"))
                        .digest(Digest.sha256(new byte[] {1}))
                        .tags(Tag.parse("1.0"))
                        .build()),
                "It was late");
        console.deadLetter("acme.deploy", "acme/app", "It was late");
        for (String question : List.of(
                "access/people?limit=1",
                "access/person?name=alice",
                "access/organisations?limit=1",
                "access/organisation?name=acme",
                "access/teams?limit=1",
                "access/team?name=acme/dev",
                "access/grants?limit=1",
                "access/signing-keys",
                "access/explain?caller=alice&repository=acme/app",
                "access/explain?caller=acme%2Bci&repository=acme/app",
                "access/who-may?repository=acme/app",
                "webhooks/endpoints?limit=1",
                "webhooks/endpoint?name=acme.deploy",
                "webhooks/dead-letters?name=acme.deploy&limit=1",
                "webhooks/dead-letter?name=acme.deploy&id=" + letter,
                "mirrors/status",
                "mirrors/replication")) {
            String path = question.contains("?") ? question.substring(0, question.indexOf('?')) : question;
            check(path, "get", "200", console.api(ROOT, question));
        }
        assertThat(described().stream().filter(member -> !seen.contains(member)).collect(Collectors.toSet()))
                .isEqualTo(SELDOM);
    }

    @Test
    void changesAnswerWhatIsDescribed() throws Exception {
        console.deadLetter("acme.deploy", "acme/app", "It was late");
        for (List<String> change : List.of(
                List.of("post", "access/people", "201", "{'name':'dave','password':'x'}"),
                List.of("put", "access/people", "204", "{'name':'dave','disabled':true}"),
                List.of("post", "access/organisations", "201", "{'name':'fresh'}"),
                List.of("put", "access/members", "204", "{'organisation':'fresh','member':'bob','role':'reader'}"),
                List.of("post", "access/teams", "201", "{'name':'fresh/dev'}"),
                List.of("post", "access/team-members", "204", "{'team':'fresh/dev','member':'bob'}"),
                List.of("post", "access/grants", "201", "{'to':'bob','repositories':'acme/x','role':'reader'}"),
                List.of("post", "access/signing-keys", "201", "{}"),
                List.of(
                        "post",
                        "webhooks/endpoints",
                        "201",
                        "{'name':'fresh.x','url':'https://hooks.example/','repositories':['fresh/**'],'headers':{}}"),
                List.of(
                        "put",
                        "webhooks/endpoints",
                        "200",
                        "{'name':'fresh.x','repositories':['fresh/app'],'actions':['push'],'timeout':'6s'}"),
                List.of("post", "webhooks/secrets", "201", "{'name':'fresh.x'}"),
                List.of("post", "webhooks/enable", "204", "{'name':'fresh.x'}"),
                List.of("post", "webhooks/test", "200", "{'name':'fresh.x'}"),
                List.of("post", "webhooks/dead-letters/resend-all", "200", "{'name':'acme.deploy'}"),
                List.of("post", "webhooks/dead-letters/remove-all", "200", "{'name':'acme.deploy'}"),
                List.of("post", "mirrors/replication/run", "202", "{}"))) {
            var response = console.change(
                    ROOT, change.get(0), PREFIX + change.get(1), change.get(3).replace('\'', '"'));
            assertThat(response.statusCode()).as("%s: %s", change, response.body()).hasToString(change.get(2));
            if (response.body().isEmpty()) {
                assertThat(schema(change.get(1), change.get(0), change.get(2))).as("%s", change).isEmpty();
            } else {
                check(change.get(1), change.get(0), change.get(2), JSON.readTree(response.body()));
            }
        }
    }

    @Test
    void refusalsAreDescribed() throws Exception {
        assertThat(console.get(CAROL, PREFIX + "access/people").statusCode()).isEqualTo(403);
        assertThat(console.get("", PREFIX + "access/people").statusCode()).isEqualTo(401);
        for (String path : List.of("access/people", "webhooks/endpoints", "mirrors/replication")) {
            assertThat(description.path("paths").path(PREFIX + path).path("get").path("responses").has("403"))
                    .isTrue();
        }
    }

    private void prepare() throws Exception {
        console.changes.setMember("other", Grantee.user("bob"), Role.READER);
        console.changes.grant(new Grant(Grantee.group("acme/dev"), NamePattern.parse("acme/app"), Role.MAINTAINER));
        console.keys.rotate();
        Instant now = Instant.now();
        console.hub.activity()
                .rateLimit(new RateLimit(
                        OptionalLong.of(100), 42, Optional.of(Duration.ofHours(6)), Optional.empty(), now));
        console.hub.activity().unanswered(now, StaleAnswer.Reason.FAILED, "It is away");
        console.hub.activity()
                .stale(new StaleAnswer(
                        RepositoryName.parse("hub.example/app"),
                        "1.0",
                        StaleAnswer.Reason.FAILED,
                        Optional.of(now),
                        "It is away"));
        console.replicate(index("{}"), index("{\"another\":\"one\"}"));
    }

    private static Manifest index(String annotations) {
        return Manifest.of(
                MediaTypes.OCI_INDEX,
                ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                                + "\",\"manifests\":[],\"annotations\":" + annotations + "}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private Optional<JsonNode> schema(String path, String method, String status) {
        JsonNode response = description
                .path("paths")
                .path(PREFIX + path)
                .path(method)
                .path("responses")
                .path(status);
        assertThat(response.isMissingNode()).as("%s %s %s", method, path, status).isFalse();
        JsonNode schema = response.at("/content/application~1json/schema");
        return schema.isMissingNode() ? Optional.empty() : Optional.of(schema);
    }

    private void check(String path, String method, String status, JsonNode answer) {
        assertThat(answer.has("errors")).as("%s: %s", path, answer).isFalse();
        compare(schema(path, method, status).orElseThrow(), answer, path, "");
    }

    /** Compares a value with its schema, and notes the members of named schemas. */
    private void compare(JsonNode schema, JsonNode value, String where, String name) {
        if (schema.has("$ref")) {
            String type = schema.path("$ref").asText().replaceAll(".*/", "");
            compare(description.path("components").path("schemas").path(type), value, where, type);
            return;
        }
        if (schema.has("enum")) {
            assertThat(schema.path("enum")).as(where).contains(value);
            return;
        }
        switch (schema.path("type").asText()) {
            case "object" -> compareObject(schema, value, where, name);
            case "array" -> {
                assertThat(value.isArray()).as(where).isTrue();
                value.forEach(element -> compare(schema.path("items"), element, where + "[]", name));
            }
            case "string" -> {
                assertThat(value.isTextual()).as(where).isTrue();
                if (schema.path("format").asText().equals("date-time")) {
                    assertThat(Instant.parse(value.asText())).as(where).isNotNull();
                }
            }
            case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
            case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
            default -> throw new AssertionError("A schema has no type at " + where);
        }
    }

    private void compareObject(JsonNode schema, JsonNode value, String where, String name) {
        assertThat(value.isObject()).as(where).isTrue();
        schema.path("required").forEach(field -> assertThat(value.has(field.asText()))
                .as("%s has %s", where, field)
                .isTrue());
        value.properties().forEach(member -> {
            JsonNode described = schema.path("properties").path(member.getKey());
            if (described.isMissingNode()) {
                described = schema.path("additionalProperties");
            }
            assertThat(described.isObject())
                    .as("%s.%s is described", where, member.getKey())
                    .isTrue();
            String full = name + "." + member.getKey();
            seen.add(full);
            compare(described, member.getValue(), where + "." + member.getKey(), full);
        });
    }

    /** Returns the members of the schemas of the parts that are held here. */
    private Set<String> described() throws Exception {
        List<String> members = new ArrayList<>();
        for (String part : List.of("access", "webhooks", "mirrors")) {
            try (InputStream resource = ApiDescription.class.getResourceAsStream("openapi/" + part + ".json")) {
                JSON.readTree(resource).path("components").path("schemas").properties().forEach(schema -> members(
                                schema.getValue(), schema.getKey())
                        .forEach(members::add));
            }
        }
        return Set.copyOf(members);
    }

    private static Stream<String> members(JsonNode schema, String name) {
        if (schema.has("items")) {
            return members(schema.path("items"), name);
        }
        return schema.path("properties").properties().stream()
                .flatMap(member -> Stream.concat(
                        Stream.of(name + "." + member.getKey()),
                        members(member.getValue(), name + "." + member.getKey())));
    }
}
