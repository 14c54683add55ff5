package dev.berth.registry.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.Grants;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Logins;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.token.SigningKey;
import dev.berth.registry.token.TokenOptions;
import dev.berth.registry.token.TokenService;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A token of an issuer is the password at the token service, and a Bearer token at the registry. */
class OidcLoginTest {
    private static final String MANIFEST = "/v2/team/app/manifests/1";

    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final HttpClient client = HttpClient.newHttpClient();
    private FakeIssuer issuer;
    private OidcAccounts accounts;
    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        issuer = new FakeIssuer();
        accounts = OidcAccounts.open(issuer.options().build());
        Grants policy = Grants.of(new Grant(Grantee.group("oidc:dev"), NamePattern.parse("team/**"), Role.WRITER));
        TokenService tokens = TokenService.of(
                Logins.of(accounts),
                policy,
                TokenOptions.builder("registry.test", List.of(SigningKey.generate()))
                        .clock(issuer.now::get)
                        .build());
        server = RegistryServer.builder((caller, access, request) -> Authorized.of(registry, caller, policy))
                .authenticator(accounts.authenticator(tokens.authenticator()))
                .route("/token", tokens)
                .listen("127.0.0.1", 0)
                .build()
                .start();
        var repository = registry.repository(RepositoryName.parse("team/app"));
        Descriptor config = repository.blobs().push(BlobSource.of("{}".getBytes(StandardCharsets.UTF_8)));
        repository
                .manifests()
                .put(
                        ImageManifest.of(
                                        Descriptor.of(MediaTypes.OCI_CONFIG, config.digest(), config.size()), List.of())
                                .toManifest(),
                        Tag.parse("1"));
    }

    @AfterEach
    void stop() {
        server.close();
        accounts.close();
        issuer.close();
        registry.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String target) {
        try {
            return client.send(
                    request.uri(URI.create(
                                    "http://127.0.0.1:" + server.address().getPort() + target))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> pull(String bearer) {
        return send(HttpRequest.newBuilder().header("Authorization", "Bearer " + bearer), MANIFEST);
    }

    private HttpResponse<String> login(String password) {
        String basic = Base64.getEncoder().encodeToString(("anything:" + password).getBytes(StandardCharsets.UTF_8));
        return send(
                HttpRequest.newBuilder().header("Authorization", "Basic " + basic),
                "/token?offline_token=true&service=registry.test&scope=repository:team/app:pull");
    }

    private HttpResponse<String> refresh(String token) {
        return send(
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=refresh_token&scope="
                                + URLEncoder.encode("repository:team/app:pull", StandardCharsets.UTF_8)
                                + "&refresh_token=" + token))
                        .header("Content-Type", "application/x-www-form-urlencoded"),
                "/token");
    }

    private static String field(HttpResponse<String> response, String name) {
        return JsonObject.root(StrictJson.parse(response.body().getBytes(StandardCharsets.UTF_8)))
                .requireString(name);
    }

    @Test
    void aLoginAndWhatItGotEndWithTheToken() {
        HttpResponse<String> answer = login(issuer.token("alice", "dev"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(pull(field(answer, "token")).statusCode()).isEqualTo(200);
        issuer.now.set(issuer.now.get().plus(Duration.ofMinutes(9)));
        HttpResponse<String> refreshed = refresh(field(answer, "refresh_token"));
        assertThat(refreshed.statusCode()).isEqualTo(200);
        assertThat(pull(field(refreshed, "token")).statusCode()).isEqualTo(200);

        issuer.now.set(issuer.now.get().plus(Duration.ofMinutes(1)));
        HttpResponse<String> ended = pull(field(refreshed, "token"));
        assertThat(ended.statusCode()).isEqualTo(401);
        assertThat(ended.body()).contains("its login has ended");
        assertThat(refresh(field(answer, "refresh_token")).statusCode()).isEqualTo(401);

        assertThat(login(issuer.token("alice", "dev")).statusCode()).isEqualTo(200);
        assertThat(refresh(field(answer, "refresh_token")).statusCode()).isEqualTo(401);
    }

    @Test
    void aGroupThatIsTakenAwayEndsTheRightWithTheNextLogin() {
        HttpResponse<String> answer = login(issuer.token("alice", "dev"));
        login(issuer.token("alice"));

        assertThat(pull(field(answer, "token")).statusCode()).isEqualTo(403);
    }

    @Test
    void aTokenThatIsNotGoodIsRefusedWithTheReason() {
        HttpResponse<String> refused =
                login(issuer.sign(issuer.claims("alice", "dev").audience("another")));

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.body()).contains("is not good: it is for another service (aud)");
        assertThat(login("secret").statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenOfTheIssuerIsTakenAsABearerToken() {
        assertThat(pull(issuer.token("alice", "dev")).statusCode()).isEqualTo(200);
        assertThat(pull(issuer.token("alice")).statusCode()).isEqualTo(403);
        assertThat(accounts.find("oidc:alice")).isEmpty();

        HttpResponse<String> refused = pull(issuer.sign(issuer.claims("alice", "dev")
                .expirationTime(Date.from(issuer.now.get().minus(Duration.ofMinutes(5))))));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate").orElse(""))
                .startsWith("Bearer realm=")
                .contains("error=\"invalid_token\"");
    }

    @Test
    void whileTheIssuerIsDownLoginsGoOnAndNewOnesAreUnavailable() throws IOException {
        HttpResponse<String> answer = login(issuer.token("alice", "dev"));
        issuer.down();
        assertThat(pull(field(answer, "token")).statusCode()).isEqualTo(200);
        assertThat(login(issuer.token("bob", "dev")).statusCode()).isEqualTo(200);

        issuer.keys.set(List.of(FakeIssuer.key("unknown")));
        HttpResponse<String> refused = login(issuer.token("carol", "dev"));
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("cannot be fetched");
    }
}
