package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.client.fixtures.ScriptedServer.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told what: challenges of all kinds, refusals, and redirects, behind which nobody learns a secret. */
@Timeout(60)
final class AuthorizationTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final byte[] BYTES = "content".getBytes(StandardCharsets.US_ASCII);
    private static final Digest DIGEST = Digest.sha256(BYTES);
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("bob:pw".getBytes(StandardCharsets.US_ASCII));

    private ScriptedServer server;
    private RemoteRegistry registry;

    @AfterEach
    void stop() {
        registry.close();
        server.close();
    }

    private Repository connect(ScriptedServer.Script script) throws IOException {
        server = new ScriptedServer(script);
        registry = RemoteRegistry.at(
                server.address(),
                RemoteOptions.builder()
                        .credentials(CredentialStore.of(server.address(), Credentials.of("bob", "pw")))
                        .build());
        return registry.repository(NAME);
    }

    private static Answer blob() {
        return new Answer(200, "content", "Content-Type", "application/octet-stream");
    }

    private static byte[] pull(Repository repository) throws IOException {
        try (BlobContent content = repository.blobs().open(DIGEST)) {
            return content.stream().readAllBytes();
        }
    }

    private List<String> told() {
        return server.requests().stream().map(Request::authorization).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic realm=\"a, b\"",
                "basic realm=x",
                "Negotiate, Basic realm=\"x\"",
                "Basic realm=\"x\", Negotiate abc==",
                "Digest realm=\"x\", nonce=\"y\", Basic realm=\"x\"",
                "Bearer, Basic realm=\"x\"",
            })
    void authenticatesByASupportedScheme(String challenge) throws IOException {
        Repository repository = connect(request ->
                request.authorization().equals(BASIC) ? blob() : new Answer(401, "", "WWW-Authenticate", challenge));

        assertThat(pull(repository)).isEqualTo(BYTES);
        assertThat(pull(repository)).isEqualTo(BYTES);

        // Once it knows what is wanted, it does not wait to be asked.
        assertThat(told()).containsExactly("", BASIC, BASIC);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void prefersATokenToAPassword(boolean first) throws IOException {
        Repository repository = connect(request -> {
            if (request.target().startsWith("/token")) {
                return new Answer(200, "{\"access_token\":\"T\"}");
            }
            String bearer = "Bearer realm=\"http://" + server.address()
                    + "/token\",service=\"s\",scope=\"repository:team/app:pull\"";
            return request.authorization().equals("Bearer T")
                    ? blob()
                    : new Answer(
                            401,
                            "",
                            "WWW-Authenticate",
                            first ? bearer + ", Basic realm=\"x\"" : "Basic realm=\"x\", " + bearer);
        });

        assertThat(pull(repository)).isEqualTo(BYTES);

        assertThat(server.requests().get(1).target())
                .isEqualTo("/token?account=bob&client_id=berth&service=s&scope=repository%3Ateam%2Fapp%3Apull");
        assertThat(told()).containsExactly("", BASIC, "Bearer T");
    }

    @Test
    void namesUnsupportedSchemes() throws IOException {
        Repository repository =
                connect(request -> new Answer(401, "", "WWW-Authenticate", "Negotiate, Digest realm=x"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(repository))
                .matches(e -> e.code() == ErrorCode.UNAUTHORIZED)
                .withMessageContaining("negotiate, digest")
                .withMessageContaining("repository:team/app:pull");
    }

    @Test
    void reportsA403AsDeniedWithTheNeededScopes() throws IOException {
        Repository repository = connect(request -> request.authorization().isEmpty()
                ? new Answer(401, "", "WWW-Authenticate", "Basic realm=x")
                : new Answer(403, "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"not you\"}]}"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> Content.blob(repository, BYTES))
                .matches(e -> e.code() == ErrorCode.DENIED)
                .withMessageContaining("not you")
                .withMessageContaining("repository:team/app:pull,push");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.tags().delete(Tag.parse("1")))
                .matches(e -> e.code() == ErrorCode.DENIED)
                .withMessageContaining("repository:team/app:delete,pull");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.repositories().toList())
                .withMessageContaining("registry:catalog:*");
        // A mount that is not allowed is only one that is not made.
        assertThat(repository.blobs().mount(DIGEST, MountSource.from(RepositoryName.parse("team/base"))))
                .isEmpty();
    }

    @Test
    void sendsNoCredentialsToTheTargetOfARedirect() throws IOException {
        Repository repository = connect(request -> {
            if (request.target().startsWith("/storage")) {
                return request.authorization().isEmpty() ? blob() : new Answer(400, "");
            }
            return request.authorization().isEmpty()
                    ? new Answer(401, "", "WWW-Authenticate", "Basic realm=x")
                    : new Answer(307, "", "Location", "http://" + server.otherName() + "/storage?signature=x");
        });

        assertThat(pull(repository)).isEqualTo(BYTES);
        assertThat(pull(repository)).isEqualTo(BYTES);

        assertThat(told()).containsExactly("", BASIC, "", BASIC, "");
    }

    @Test
    void sendsNoCredentialsToAnotherHostThatChallenges() throws IOException {
        Repository repository = connect(request -> {
            if (request.target().startsWith("/storage")) {
                return new Answer(401, "", "WWW-Authenticate", "Basic realm=x");
            }
            return request.authorization().isEmpty()
                    ? new Answer(401, "", "WWW-Authenticate", "Basic realm=x")
                    : new Answer(302, "", "Location", "http://" + server.otherName() + "/storage");
        });

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(repository))
                .matches(e -> e.code() == ErrorCode.UNAUTHORIZED);

        assertThat(server.requests())
                .filteredOn(request -> request.target().startsWith("/storage"))
                .extracting(Request::authorization)
                .containsOnly("");
    }

    @Test
    void sendsCredentialsAgainAfterARedirectToTheSameHost() throws IOException {
        Repository repository = connect(request -> {
            if (request.authorization().isEmpty()) {
                return new Answer(401, "", "WWW-Authenticate", "Basic realm=x");
            }
            return request.target().startsWith("/moved") ? blob() : new Answer(308, "", "Location", "/moved");
        });

        assertThat(pull(repository)).isEqualTo(BYTES);

        assertThat(told()).containsExactly("", BASIC, BASIC);
    }

    @Test
    void followsNoRedirectToPlainHttp() throws IOException {
        Repository repository =
                connect(request -> new Answer(302, "", "Location", "http://storage.invalid/secret?signature=x"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(repository))
                .withMessageContaining("http://storage.invalid")
                .withMessageContaining("plain HTTP")
                .withMessageNotContaining("signature");
    }

    @Test
    void endsARedirectLoop() throws IOException {
        Repository repository = connect(request -> new Answer(302, "", "Location", request.target()));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(repository))
                .withMessageContaining("redirects without end");
        assertThat(server.requests()).hasSizeLessThan(30);
    }

    @Test
    void getsNoTokenByPlainHttpFromAnotherMachine() throws IOException {
        Repository repository = connect(request ->
                new Answer(401, "", "WWW-Authenticate", "Bearer realm=\"http://tokens.invalid/token\",service=s"));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(repository))
                .withMessageContaining("http://tokens.invalid")
                .withMessageContaining("plain HTTP");
    }

    @Test
    void requestsTheScopesOfTheChallengeToo() throws IOException {
        Repository repository = connect(request -> {
            if (request.target().startsWith("/token")) {
                return new Answer(200, request.target().contains("extra") ? "{\"token\":\"T\"}" : "{\"token\":\"U\"}");
            }
            return request.authorization().equals("Bearer T")
                    ? blob()
                    : new Answer(
                            401,
                            "",
                            "WWW-Authenticate",
                            "Bearer realm=\"http://" + server.address()
                                    + "/token\",scope=\"repository:team/app:pull repository:extra/one:pull\"");
        });

        assertThat(pull(repository)).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://tokens.invalid/token", "ftp://tokens.invalid/", "https://", "http://bob@tokens/"})
    void refusesBadRedirectsOfATokenServiceAndReleasesTheConnection(String location) throws IOException {
        Repository repository = connect(request -> request.target().startsWith("/token")
                ? new Answer(307, "", "Location", location)
                : new Answer(401, "", "WWW-Authenticate", "Bearer realm=\"http://" + server.address() + "/token\""));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(repository))
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining(server.address() + " redirects to");

        assertThat(registry.connectionsInUse()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token\":\"\"}",
                "{\"token\":\"\",\"access_token\":\"\"}",
                "{\"access_token\":\"a b\"}",
                "{\"token\":\"a\\nb\"}",
                "{\"token\":1}",
                "{\"token\":null}",
                "{}",
                "[]",
                "",
                "<html>",
            })
    void reportsATokenServiceThatSendsNoToken(String answer) throws IOException {
        Repository repository = connect(request -> request.target().startsWith("/token")
                ? new Answer(200, answer)
                : new Answer(401, "", "WWW-Authenticate", "Bearer realm=\"http://" + server.address() + "/token\""));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> pull(repository))
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining("token service http://" + server.address())
                .withMessageContaining("repository:team/app:pull")
                .withMessageContaining("sent something that is no token");

        assertThat(registry.connectionsInUse()).isZero();
    }

    /** As one of the large clouds does it, whose passwords are good for some hours. */
    @Test
    void looksUpCredentialsAgainAfterADenial() throws IOException {
        AtomicReference<String> password = new AtomicReference<>("old");
        AtomicInteger lookups = new AtomicInteger();
        server = new ScriptedServer(request -> {
            if (request.authorization().isEmpty()) {
                return new Answer(401, "", "WWW-Authenticate", "Basic realm=x");
            }
            String login = new String(
                    Base64.getDecoder().decode(request.authorization().substring(6)), StandardCharsets.US_ASCII);
            return login.equals("bob:" + password.get()) ? blob() : new Answer(403, "");
        });
        registry = RemoteRegistry.at(
                server.address(),
                RemoteOptions.builder()
                        .credentials((name, repository) -> {
                            lookups.incrementAndGet();
                            return Optional.of(Credentials.of("bob", password.get()));
                        })
                        .build());
        Repository repository = registry.repository(NAME);
        assertThat(pull(repository)).isEqualTo(BYTES);

        password.set("new");

        assertThat(pull(repository)).isEqualTo(BYTES);
        assertThat(pull(repository)).isEqualTo(BYTES);
        assertThat(server.requests()).hasSize(5);
        assertThat(lookups).hasValue(2);
        assertThat(registry.connectionsInUse()).isZero();
    }
}
