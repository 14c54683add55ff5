package dev.berth.registry.webhook.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.account.api.Cell;
import dev.berth.registry.account.api.ManagedRegistry;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may make which request about webhooks, for each route and kind of caller, in process and over a socket. */
@Tag("any-jdk")
class WebhookApiRightsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern LETTER = Pattern.compile("\\{letter of ([^}]*)}");

    private final WebhookWorld world = new WebhookWorld();

    /** Makes a request of the matrix. */
    private interface Transport {
        int status(String authorization, Cell cell) throws IOException, InterruptedException;
    }

    @Test
    void everyRouteHasARow() {
        assertThat(world.api.routes().stream().map(Object::toString).collect(Collectors.toSet()))
                .isEqualTo(WebhookRights.rows().stream().map(Cell::route).collect(Collectors.toSet()));
    }

    @Test
    void inProcessEverybodyMayWhatTheTableSays() throws IOException, InterruptedException {
        check((authorization, cell) -> world.call(authorization, cell.method(), cell.path(), cell.body())
                .status());
    }

    @Test
    void overHttpEverybodyMayWhatTheTableSays() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        try (var registry = StorageRegistry.over(MemoryObjectStore.create());
                RegistryServer server = RegistryServer.builder(registry)
                        .route(WebhookApi.PATH, request -> world.api.handle(request))
                        .listen("127.0.0.1", 0)
                        .build()
                        .start()) {
            String address = "http://127.0.0.1:" + server.address().getPort() + WebhookApi.PATH;
            check((authorization, cell) -> {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + cell.path()))
                        .method(
                                cell.method(),
                                HttpRequest.BodyPublishers.ofString(cell.body().replace('\'', '"')))
                        .header("Content-Type", "application/json");
                if (!authorization.isEmpty()) {
                    request.header("Authorization", authorization);
                }
                HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() >= 400) {
                    assertThat(MAPPER.readTree(response.body()).path("errors")).isNotEmpty();
                } else {
                    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
                }
                return response.statusCode();
            });
        }
    }

    private void check(Transport transport) throws IOException, InterruptedException {
        List<String> wrong = new ArrayList<>();
        for (Cell row : WebhookRights.rows()) {
            Cell cell = named(row);
            for (Cell.Who who : refusedOnesFirst(row)) {
                int status = transport.status(who.authorization(world.people), cell);
                boolean right = row.allowed().contains(who) ? status / 100 == 2 : status == who.refusal();
                if (!right) {
                    wrong.add(who + ": " + row + ": " + status);
                }
                if (row.allowed().contains(who) && !row.method().equals("GET")) {
                    world.reset();
                    cell = named(row);
                } else {
                    assertThat(world.sent).as("%s: %s", who, row).isEmpty();
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** What is carried out may change what the next one finds. */
    private static List<Cell.Who> refusedOnesFirst(Cell row) {
        return Arrays.stream(Cell.Who.values())
                .sorted(Comparator.comparing(row.allowed()::contains))
                .toList();
    }

    private Cell named(Cell row) {
        return new Cell(row.route(), named(row.path()), named(row.body()), row.allowed());
    }

    private String named(String text) {
        Matcher letter = LETTER.matcher(text);
        return letter.find() ? letter.replaceFirst(world.letter(letter.group(1))) : text;
    }

    @Test
    void whatOthersHaveIsRefusedAsWhatDoesNotExist() {
        List<String> wrong = new ArrayList<>();
        for (Cell row : WebhookRights.rows()) {
            if (!row.toString().contains("other.deploy") || row.body().contains("repositories")) {
                continue;
            }
            for (String who : List.of(WebhookWorld.CAROL, WebhookWorld.BOB)) {
                var there = refusal(who, row, "other.deploy");
                var hidden = refusal(who, row, "all");
                var missing = refusal(who, row, "other.nothing");
                var ownPrefix = refusal(who, row, "acme.nothing");
                if (!there.equals(missing) || !there.equals(hidden) || !there.equals(ownPrefix)) {
                    wrong.add(row + ": " + there + " " + missing + " " + hidden + " " + ownPrefix);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private ManagedRegistry.Reply refusal(String who, Cell row, String name) {
        String letter = "{letter of other.deploy}";
        return world.call(
                who,
                row.method(),
                row.path().replace(letter, "x/1").replace("other.deploy", name),
                row.body().replace(letter, "x/1").replace("other.deploy", name));
    }

    @Test
    void aNameThatIsTakenByOthersIsRefusedAsOneThatNobodyMayHave() {
        String body = "{'name':'NAME','url':'https://hooks.example/x','repositories':['acme/**']}";
        var taken = world.call(WebhookWorld.CAROL, "PUT", "endpoints", body.replace("NAME", "other.deploy"));
        assertThat(taken.status()).isEqualTo(403);
        assertThat(world.call(WebhookWorld.CAROL, "PUT", "endpoints", body.replace("NAME", "other.nothing")))
                .isEqualTo(taken);
        assertThat(world.call(WebhookWorld.CAROL, "PUT", "endpoints", body.replace("NAME", "../x")))
                .isEqualTo(taken);
    }

    @Test
    void anAdministratorOfAnOrganisationSeesOnlyItsWebhooks() {
        var reply = world.get(WebhookWorld.CAROL, "endpoints");
        assertThat(reply.content().path("endpoints").findValuesAsText("name"))
                .containsExactly("acme-ci", "acme.deploy");
        assertThat(reply.content().path("endpoints").findValuesAsText("source"))
                .containsExactly("configuration", "api");
        assertThat(world.get(WebhookWorld.ROOT, "endpoints").content().path("endpoints"))
                .hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"endpoint?name=nothing", "dead-letters?name=nothing"})
    void administratorsLearnThatThereIsNone(String path) {
        assertThat(world.get(WebhookWorld.ROOT, path).status()).isEqualTo(404);
    }

    @Test
    void changesAndRefusalsAreTold() {
        world.call(WebhookWorld.CAROL, "DELETE", "endpoints?name=all", "");
        world.call(WebhookWorld.CAROL, "DELETE", "endpoints?name=acme.deploy", "");
        assertThat(world.events)
                .extracting(AuditEvent::type)
                .containsExactly(AuditEvent.Type.ACCESS_REFUSED, AuditEvent.Type.CHANGE);
        assertThat(world.events).extracting(AuditEvent::caller).containsOnly("carol");
        assertThat(world.events.get(0).target()).isEqualTo("DELETE /berth/webhooks/endpoints");
        assertThat(world.events.get(1).target()).isEqualTo("webhook:acme.deploy");
    }
}
