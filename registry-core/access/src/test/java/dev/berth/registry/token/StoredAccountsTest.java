package dev.berth.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Registry;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.AccountStoreOptions;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens and refresh tokens of accounts in the store, between two servers over it. */
class StoredAccountsTest {
    private static final String SERVICE = "registry.test";
    private static final String PULL = "repository:web/app:pull";
    private static final List<NamePattern> ALL = List.of(NamePattern.all());

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final ObjectStore store = MemoryObjectStore.create();
    private final Registry registry = StorageRegistry.over(store);
    private final HttpClient client = HttpClient.newHttpClient();
    private final AccountStore accounts = accounts();
    private final AccountChanges changes = accounts.changesBy("root", AuditListener.none());
    private RegistryServer here;
    private RegistryServer there;

    private AccountStore accounts() {
        return AccountStore.over(
                store,
                AccountStoreOptions.builder().passwordCost(4).clock(now::get).build());
    }

    @BeforeEach
    void start() throws IOException {
        here = server(accounts);
        there = server(accounts());
        PrivateRegistry.push(registry, "web/app");
        changes.addPerson("alice", "password");
        changes.grant(new Grant(Grantee.user("alice"), NamePattern.parse("web/**"), Role.READER));
    }

    private RegistryServer server(AccountStore known) throws IOException {
        TokenService tokens = TokenService.of(
                Logins.of(known),
                known.policy(),
                TokenOptions.builder(SERVICE, StoredKeys.over(store))
                        .clock(now::get)
                        .build());
        return RegistryServer.builder((caller, access, request) -> Authorized.of(registry, caller, known.policy()))
                .authenticator(tokens.authenticator())
                .route("/token", tokens)
                .listen("127.0.0.1", 0)
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        here.close();
        there.close();
        registry.close();
    }

    private HttpResponse<String> get(RegistryServer server, String target, String authorization) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + server.address().getPort() + target))
                        .header("Authorization", authorization)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String token(RegistryServer server, String name, String password) throws Exception {
        return PrivateRegistry.field(
                get(server, "/token?scope=" + PULL, PrivateRegistry.basic(name, password)), "token");
    }

    private String refreshToken(RegistryServer server, String name, String password) throws Exception {
        return PrivateRegistry.field(
                get(server, "/token?offline_token=true&scope=" + PULL, PrivateRegistry.basic(name, password)),
                "refresh_token");
    }

    private int pull(RegistryServer server, String token) throws Exception {
        return get(server, "/v2/web/app/manifests/1", "Bearer " + token).statusCode();
    }

    private int refresh(RegistryServer server, String refreshToken) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + "/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("grant_type=refresh_token&service=" + SERVICE + "&scope="
                        + PULL + "&refresh_token=" + refreshToken))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private void passCacheAge() {
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(5)));
    }

    @Test
    void aTokenOfOneServerIsGoodAtTheOther() throws Exception {
        String token = token(here, "alice", "password");
        String refresh = refreshToken(here, "alice", "password");
        assertThat(pull(here, token)).isEqualTo(200);
        assertThat(pull(there, token)).isEqualTo(200);
        assertThat(refresh(there, refresh)).isEqualTo(200);
    }

    @Test
    void tokensEndWithThePassword() throws Exception {
        String token = token(here, "alice", "password");
        String refresh = refreshToken(here, "alice", "password");
        changes.setPassword("alice", "another one");
        assertThat(pull(here, token)).isEqualTo(401);
        assertThat(refresh(here, refresh)).isEqualTo(401);
        passCacheAge();
        assertThat(pull(there, token)).isEqualTo(401);
        assertThat(refresh(there, refresh)).isEqualTo(401);
    }

    @Test
    void tokensEndWithThePersonAlsoIfOneOfTheSameNameComes() throws Exception {
        String token = token(there, "alice", "password");
        String refresh = refreshToken(there, "alice", "password");
        changes.removePerson("alice");
        assertThat(pull(here, token)).isEqualTo(401);
        assertThat(refresh(here, refresh)).isEqualTo(401);
        changes.addPerson("alice", "password");
        changes.grant(new Grant(Grantee.user("alice"), NamePattern.parse("web/**"), Role.READER));
        passCacheAge();
        for (RegistryServer server : List.of(here, there)) {
            assertThat(pull(server, token)).isEqualTo(401);
            assertThat(refresh(server, refresh)).isEqualTo(401);
            assertThat(pull(server, token(server, "alice", "password"))).isEqualTo(200);
        }
    }

    @Test
    void tokensOfAPersonalTokenEndWithIt() throws Exception {
        NewSecret laptop = changes.addPersonalToken("alice", "laptop", ALL, Role.READER, Optional.empty());
        String token = token(here, "alice", laptop.secret());
        String refresh = refreshToken(here, "alice", laptop.secret());
        assertThat(pull(there, token)).isEqualTo(200);
        changes.setPassword("alice", "another one");
        assertThat(pull(here, token))
                .as("a personal token outlives the password")
                .isEqualTo(200);
        changes.removePersonalToken("alice", laptop.account());
        assertThat(pull(here, token)).isEqualTo(401);
        assertThat(refresh(here, refresh)).isEqualTo(401);
        passCacheAge();
        assertThat(pull(there, token)).isEqualTo(401);
    }

    @Test
    void tokensOfARobotEndWithItsSecret() throws Exception {
        changes.addOrganisation("web");
        NewSecret ci =
                changes.addRobot("web", "ci", List.of(NamePattern.parse("web/*")), Role.READER, Optional.empty());
        String token = token(here, "web+ci", ci.secret());
        String refresh = refreshToken(here, "web+ci", ci.secret());
        assertThat(pull(there, token)).isEqualTo(200);
        NewSecret newer = changes.rotateRobot("web+ci", Duration.ZERO);
        assertThat(pull(here, token)).isEqualTo(401);
        assertThat(refresh(here, refresh)).isEqualTo(401);
        assertThat(pull(here, token(here, "web+ci", newer.secret()))).isEqualTo(200);
        passCacheAge();
        assertThat(pull(there, token)).isEqualTo(401);
    }
}
