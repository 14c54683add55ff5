package dev.berth.registry.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditLog;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.rules.Immutable;
import dev.berth.registry.rules.RuleContext;
import dev.berth.registry.rules.TagRule;
import dev.berth.registry.rules.TagRules;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.log.AccessLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything that an operator may have to account for is told once, with who it was, from where, and in which request; and no
 * line of audit and access log has a secret.
 */
class AuditedRequestsTest {
    private static final String PASSWORD = "alice-s-own-password";
    private static final String WRONG = "hunter2-was-wrong";
    private static final String DELETE_SCOPE = "repository:dev/app:pull,push,delete";

    private final StorageRegistry engine = StorageRegistry.over(
            MemoryObjectStore.create(),
            StorageOptions.builder().requireBlobs(false).build());
    private final AccountStore accounts = AccountStore.over(
            MemoryObjectStore.create(),
            AccountStoreOptions.builder().passwordCost(4).build());
    private final List<String> text = new CopyOnWriteArrayList<>();
    private final List<String> json = new CopyOnWriteArrayList<>();
    private final List<String> accessText = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> access = new LinkedBlockingQueue<>();
    private final List<String> accessJson = new CopyOnWriteArrayList<>();
    private final List<RegistryEvent> events = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final Manifest image = ImageManifest.of(
                    Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(new byte[1]), 1), List.of())
            .toManifest();
    private RegistryServer server;
    private String lastRequest = "";

    @BeforeEach
    void start() throws IOException {
        engine.repository(RepositoryName.parse("dev/app")).manifests().put(image, Tag.parse("1"), Tag.parse("v1"));
        accounts.changesBy("test", AuditListener.none()).addPerson("alice", PASSWORD);
        accounts.changesBy("test", AuditListener.none()).addPerson("root", PASSWORD);
        AuditListener failing = event -> {
            throw Expected.failure(new IllegalStateException("no disk"));
        };
        server = AccessControl.builder(Immutable.of(
                        engine,
                        TagRules.of(TagRule.immutable("releases").tags("v*").build()),
                        RuleContext.of(engine)))
                .store(accounts)
                .grants(Grants.of(
                        new Grant(Grantee.user("alice"), NamePattern.parse("dev/**"), Role.MAINTAINER),
                        new Grant(Grantee.user("root"), NamePattern.all(), Role.ADMIN)))
                .tokens("registry.test")
                .listener(AuditListener.allOf(List.of(
                        failing, AuditLog.to(text::add), AuditLog.to(json::add).asJson())))
                .events(
                        events::addAll,
                        EventContext.builder().instance("registry-1").build())
                .build()
                .server()
                .observer(AccessLog.to(accessText::add, ZoneOffset.UTC))
                .observer(AccessLog.to(access::add, ZoneOffset.UTC).asJson())
                .listen("127.0.0.1", 0)
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static String basic(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private HttpResponse<String> send(String method, String target, String authorization, String body)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + target))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("User-Agent", "test/1");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        if (body.startsWith("{")) {
            request.header("Content-Type", "application/json");
        } else if (!body.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String line = access.poll(30, TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        accessJson.add(line);
        lastRequest = parsed(line).get("request").textValue();
        return response;
    }

    private HttpResponse<String> send(String method, String target, String authorization) throws Exception {
        return send(method, target, authorization, "");
    }

    private static JsonNode parsed(String line) {
        return StrictJson.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    private String token(String scope) throws Exception {
        HttpResponse<String> response = send("GET", "/token?scope=" + scope, basic("alice", PASSWORD));
        return "Bearer " + parsed(response.body()).get("token").textValue();
    }

    /** Returns the events that the last request made, as words, and checks who made them from where. */
    private List<String> told(String caller) {
        List<String> told = new ArrayList<>();
        for (String line : json) {
            JsonNode event = parsed(line);
            if (event.get("request").textValue().equals(lastRequest)) {
                assertThat(event.get("caller").textValue()).isEqualTo(caller);
                assertThat(event.get("client").textValue()).isEqualTo("127.0.0.1");
                told.add(event.get("event").textValue() + " "
                        + event.get("credentials").textValue() + " "
                        + event.get("outcome").textValue() + " "
                        + event.get("target").textValue());
            }
        }
        return told;
    }

    @Test
    void aLoginAndItsTokenAreTold() throws Exception {
        token("repository:dev/app:pull");

        assertThat(told("alice"))
                .containsExactly("LOGIN password DONE ", "TOKEN_ISSUED password DONE repository:dev/app:pull");
    }

    @Test
    void aRefusedLoginIsTold() throws Exception {
        send("GET", "/v2/", basic("alice", WRONG));

        assertThat(told("alice")).containsExactly("LOGIN_REFUSED password REFUSED ");
    }

    @Test
    void aRefusedTokenIsTold() throws Exception {
        send("GET", "/v2/dev/app/tags/list", "Bearer no.such.token");

        assertThat(told("")).containsExactly("LOGIN_REFUSED token REFUSED ");
    }

    @Test
    void aMissingRightIsTold() throws Exception {
        String token = token("repository:other/app:push");
        send("POST", "/v2/other/app/blobs/uploads/", token);

        assertThat(told("alice"))
                .hasSize(1)
                .allSatisfy(event -> assertThat(event).startsWith("ACCESS_REFUSED token REFUSED "));
    }

    @Test
    void aMissingRightOfWhoeverSendsAPasswordIsTold() throws Exception {
        send("POST", "/v2/other/app/blobs/uploads/", basic("alice", PASSWORD));

        assertThat(told("alice"))
                .containsExactly("LOGIN password DONE ", "ACCESS_REFUSED password REFUSED push a blob to other/app");
    }

    @Test
    void aChangeAndItsRefusalAreTold() throws Exception {
        String person = "{\"name\":\"bob\",\"password\":\"" + WRONG + "\"}";
        send("POST", "/berth/access/people", basic("alice", PASSWORD), person);
        assertThat(told("alice"))
                .containsExactly("LOGIN password DONE ", "ACCESS_REFUSED password REFUSED POST /berth/access/people");

        assertThat(send("POST", "/berth/access/people", basic("root", PASSWORD), person)
                        .statusCode())
                .isEqualTo(201);
        assertThat(told("root")).containsExactly("LOGIN password DONE ", "CHANGE password DONE user:bob");
    }

    @Test
    void aDeletionIsToldAndPublished() throws Exception {
        String token = token(DELETE_SCOPE);
        assertThat(send("DELETE", "/v2/dev/app/manifests/1", token).statusCode())
                .isEqualTo(202);

        assertThat(told("alice")).containsExactly("DELETION token DONE delete the tag 1 of dev/app");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.context().actor()).isEqualTo("alice");
            assertThat(event.context().requestId()).hasValue(lastRequest);
            assertThat(event.context().instance()).isEqualTo("registry-1");
        });
    }

    @Test
    void aRefusalByARuleIsToldWithItsSentence() throws Exception {
        String token = token(DELETE_SCOPE);
        assertThat(send("DELETE", "/v2/dev/app/manifests/v1", token).statusCode())
                .isEqualTo(403);

        assertThat(told("alice")).containsExactly("POLICY token REFUSED delete the tag v1 of dev/app");
        JsonNode line = parsed(json.get(json.size() - 1));
        assertThat(line.get("repository").textValue()).isEqualTo("dev/app");
        assertThat(line.get("reason").textValue()).contains("dev/app:v1", "'releases'");
        assertThat(events).isEmpty();
    }

    @Test
    void noLineHasASecret() throws Exception {
        String form = "grant_type=password&service=registry.test&client_id=test&access_type=offline&username=alice"
                + "&password=" + PASSWORD + "&scope=" + DELETE_SCOPE;
        JsonNode answer = parsed(send("POST", "/token", "", form).body());
        String token = answer.get("access_token").textValue();
        String refresh = answer.get("refresh_token").textValue();
        send("POST", "/token", "", "grant_type=refresh_token&service=registry.test&refresh_token=" + refresh);
        send("POST", "/token", "", "grant_type=refresh_token&service=registry.test&refresh_token=" + refresh + "x");
        send("GET", "/token?service=registry.test&password=" + PASSWORD + "&refresh_token=" + refresh, "");
        send("GET", "/v2/", basic("alice", WRONG));
        send("GET", "/v2/?access_token=" + token, "");
        send("GET", "/v2/?" + token, "Bearer " + token + "x");
        send("DELETE", "/v2/dev/app/manifests/1", "Bearer " + token);
        String robot = send(
                        "POST",
                        "/berth/access/tokens",
                        basic("root", PASSWORD),
                        "{\"owner\":\"root\",\"description\":\"ci\",\"role\":\"reader\",\"repositories\":[\"dev/**\"]}")
                .body();

        List<String> lines = new ArrayList<>(text);
        lines.addAll(json);
        lines.addAll(accessText);
        lines.addAll(accessJson);
        String basic = basic("alice", WRONG).substring("Basic ".length());
        assertThat(robot).contains("secret");
        String secret = parsed(robot).get("secret").textValue();
        assertThat(text).hasSameSizeAs(json).hasSizeGreaterThanOrEqualTo(6);
        for (String line : lines) {
            assertThat(line)
                    .doesNotContain(PASSWORD, WRONG, basic, token, refresh, secret)
                    .hasLineCount(1);
        }
    }

    @Test
    void everyLineOfTheAuditIsAnObjectWithTheSameMembers() throws Exception {
        String token = token(DELETE_SCOPE);
        send("DELETE", "/v2/dev/app/manifests/1", token);
        send("GET", "/v2/", basic("eve \"\u2028 caller=root", WRONG));

        assertThat(json)
                .hasSize(4)
                .allSatisfy(line -> assertThat(parsed(line).fieldNames())
                        .toIterable()
                        .containsExactly(
                                "time",
                                "event",
                                "caller",
                                "client",
                                "request",
                                "credentials",
                                "repository",
                                "target",
                                "outcome",
                                "reason"));
        assertThat(parsed(json.get(3)).get("caller").textValue()).isEqualTo("eve \"\u2028 caller=root");
    }
}
