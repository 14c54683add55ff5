package dev.berth.registry.account.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Who may make which request, for each route and kind of caller, in process and over a socket. */
class AccountApiRightsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Makes a request of the matrix. */
    private interface Transport {
        int status(ManagedRegistry registry, String authorization, Cell cell) throws IOException, InterruptedException;
    }

    @Test
    void everyRouteHasARow() {
        assertThat(new ManagedRegistry()
                        .api.routes().stream()
                                .map(route -> route.toString().replace(AccountApi.PATH, ""))
                                .collect(Collectors.toSet()))
                .isEqualTo(RightsTable.rows().stream().map(Cell::route).collect(Collectors.toSet()));
    }

    @Test
    void inProcessEverybodyMayWhatTheTableSays() throws IOException, InterruptedException {
        check((registry, authorization, cell) -> registry.call(authorization, cell.method(), cell.path(), cell.body())
                .status());
    }

    @Test
    void overHttpEverybodyMayWhatTheTableSays() throws IOException, InterruptedException {
        AtomicReference<ManagedRegistry> current = new AtomicReference<>();
        HttpClient client = HttpClient.newHttpClient();
        try (var registry = StorageRegistry.over(MemoryObjectStore.create());
                RegistryServer server = RegistryServer.builder(registry)
                        .route(AccountApi.PATH, request -> current.get().api.handle(request))
                        .listen("127.0.0.1", 0)
                        .build()
                        .start()) {
            String address = "http://127.0.0.1:" + server.address().getPort() + AccountApi.PATH;
            check((managed, authorization, cell) -> {
                current.set(managed);
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + cell.path()))
                        .method(
                                cell.method(),
                                HttpRequest.BodyPublishers.ofString(cell.body().replace('\'', '"')))
                        .header("Content-Type", "application/json");
                if (!authorization.isEmpty()) {
                    request.header("Authorization", authorization);
                }
                HttpResponse<byte[]> response = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
                if (response.statusCode() == 401) {
                    assertThat(response.headers().allValues("WWW-Authenticate"))
                            .singleElement()
                            .asString()
                            .startsWith("Basic ");
                }
                if (response.statusCode() >= 400) {
                    assertThat(MAPPER.readTree(response.body()).path("errors")).isNotEmpty();
                } else {
                    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
                }
                return response.statusCode();
            });
        }
    }

    private static void check(Transport transport) throws IOException, InterruptedException {
        ManagedRegistry registry = prepared();
        List<String> wrong = new ArrayList<>();
        for (Cell row : RightsTable.rows()) {
            Cell cell = named(registry, row);
            for (Cell.Who who : refusedOnesFirst(row)) {
                int status = transport.status(registry, who.authorization(registry), cell);
                boolean right = row.allowed().contains(who) ? status / 100 == 2 : status == who.refusal();
                if (!right) {
                    wrong.add(who + ": " + row + ": " + status);
                }
                if (row.allowed().contains(who) && !row.method().equals("GET")) {
                    registry.restore();
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

    private static ManagedRegistry prepared() throws IOException {
        ManagedRegistry registry = new ManagedRegistry();
        for (String repository : List.of("acme/app", "other/app")) {
            registry.changes.grant(new Grant(Grantee.user("bob"), NamePattern.parse(repository), Role.READER));
        }
        registry.changes.addPersonalToken("alice", "laptop", List.of(NamePattern.all()), Role.READER, Optional.empty());
        registry.keys.get();
        registry.remember();
        return registry;
    }

    private static Cell named(ManagedRegistry registry, Cell row) {
        String id = registry.accounts.personalTokens("alice").get(0).id();
        String key = registry.keys.get().get(0).id();
        return new Cell(
                row.route(), row.path().replace("{alice's}", id).replace("{key}", key), row.body(), row.allowed());
    }

    @Test
    void theOwnerOfTheStorageMayEverythingWithoutCredentials() throws IOException {
        ManagedRegistry registry = prepared();
        List<String> wrong = new ArrayList<>();
        for (Cell row : RightsTable.rows()) {
            registry.restore();
            Cell cell = named(registry, row);
            ManagedRegistry.Reply reply = ManagedRegistry.send(
                    registry.operator(),
                    cell.method(),
                    AccountApi.PATH + cell.path(),
                    Map.of("Content-Type", "application/json"),
                    cell.body().replace('\'', '"'));
            if (reply.status() / 100 != 2) {
                wrong.add(row + ": " + reply.status() + " " + reply.message());
            }
        }
        assertThat(wrong).isEmpty();
    }
}
