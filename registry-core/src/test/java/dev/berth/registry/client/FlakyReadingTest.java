package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.manifest.ImageIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Short answers that break off in the middle: manifests, lists and tokens are asked for again. */
@Timeout(60)
final class FlakyReadingTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Manifest INDEX = ImageIndex.of(List.of()).toManifest();
    private static final String REFERRERS = new String(INDEX.bytes(), StandardCharsets.UTF_8);

    private final AtomicInteger requests = new AtomicInteger();

    private RawServer server;
    private RemoteRegistry registry;

    @AfterEach
    void stop() throws IOException {
        registry.close();
        server.close();
    }

    /** Connects to a registry that breaks off its first answers in their middle. */
    private Repository connect(int broken, String headers, String body) throws IOException {
        server = new RawServer(connection -> {
            RawServer.readHead(connection);
            String sent = requests.getAndIncrement() < broken ? body.substring(0, body.length() / 2) : body;
            RawServer.send(
                    connection,
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + body.length() + "\r\n" + headers
                            + "\r\n" + sent);
        });
        registry = connect(server.address());
        return registry.repository(NAME);
    }

    private static RemoteRegistry connect(String address) {
        return RemoteRegistry.at(
                address,
                RemoteOptions.builder()
                        .backoff(new Backoff(duration -> {}, () -> 0.5))
                        .credentials(CredentialStore.of(address, Credentials.of("bob", "pw")))
                        .build());
    }

    @Test
    void asksForAManifestAgain() throws IOException {
        Repository repository = connect(
                2, "Content-Type: " + MediaTypes.OCI_INDEX + "\r\n", new String(INDEX.bytes(), StandardCharsets.UTF_8));

        assertThat(repository.manifests().get(INDEX.digest())).isEqualTo(INDEX);

        assertThat(requests).hasValue(3);
        assertThat(registry.connectionsInUse()).isZero();
    }

    @Test
    void asksForAPageOfTagsAgain() throws IOException {
        Repository repository = connect(2, "", "{\"name\":\"team/app\",\"tags\":[\"1\",\"2\"]}");

        assertThat(repository.tags().list()).containsExactly(Tag.parse("1"), Tag.parse("2"));

        assertThat(requests).hasValue(3);
        assertThat(registry.connectionsInUse()).isZero();
    }

    @Test
    void asksForAPageOfRepositoriesAgain() throws IOException {
        connect(1, "", "{\"repositories\":[\"a\",\"b/c\"]}");

        assertThat(registry.repositories()).hasSize(2);
    }

    @Test
    void asksForReferrersAgain() throws IOException {
        Repository repository = connect(1, "Content-Type: " + MediaTypes.OCI_INDEX + "\r\n", REFERRERS);

        assertThat(repository.manifests().referrers(INDEX.digest())).isEmpty();

        assertThat(requests).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"manifest", "tags", "referrers"})
    void saysWhatBrokeWhereItAlwaysDoes(String what) throws IOException {
        Repository repository = connect(1000, "", REFERRERS);
        Consumer<Digest> read = switch (what) {
            case "manifest" -> repository.manifests()::get;
            case "tags" -> digest -> repository.tags().list().toList();
            default -> digest -> repository.manifests().referrers(digest).toList();
        };

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> read.accept(INDEX.digest()))
                .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                .withMessageContaining(NAME.value())
                .withMessageContaining("broke");

        assertThat(requests).hasValue(RetryPolicy.standard().attempts());
        assertThat(registry.connectionsInUse()).isZero();
    }

    /** Whatever becomes of the question for a token, nothing has come yet of what the token is for. */
    @Test
    void asksForATokenAgainForWhatMayBeSentOnlyOnce() throws IOException {
        String token = "{\"token\":\"T\"}";
        server = new RawServer(connection -> {
            RawServer.readHead(connection);
            boolean broken = requests.getAndIncrement() < 2;
            RawServer.send(
                    connection,
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + token.length() + "\r\n\r\n"
                            + (broken ? "{\"tok" : token));
        });
        try (ScriptedServer home = new ScriptedServer(request -> {
            if (!request.method().equals("PUT")) {
                return new Answer(200, "{}", "Berth-Features", "tag-conditions");
            }
            return request.authorization().equals("Bearer T")
                    ? new Answer(201, "")
                    : new Answer(401, "", "WWW-Authenticate", "Bearer realm=\"http://" + server.address() + "/\"");
        })) {
            registry = connect(home.address());

            assertThat(registry.repository(NAME)
                            .manifests()
                            .put(INDEX, PutOptions.tagged(Tag.parse("1")).onlyIf(TagCondition.absent()))
                            .tags())
                    .containsExactly(Tag.parse("1"));

            assertThat(requests).hasValue(3);
        }
    }
}
