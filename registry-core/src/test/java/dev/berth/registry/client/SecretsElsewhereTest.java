package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobContent;
import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.client.fixtures.ScriptedServer.Request;
import dev.berth.registry.client.fixtures.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry that leads to another server in all the ways there are: that one gets the request, and no secret. */
@Timeout(60)
final class SecretsElsewhereTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final byte[] BYTES = "content".getBytes(StandardCharsets.US_ASCII);
    private static final Digest DIGEST = Digest.sha256(BYTES);

    private ScriptedServer elsewhere;

    @BeforeEach
    void start() throws IOException {
        elsewhere = new ScriptedServer(request -> {
            if (request.method().equals("PUT")) {
                return new Answer(201, "");
            }
            return request.target().startsWith("/tags")
                    ? new Answer(200, "{\"tags\":[\"2\"]}")
                    : new Answer(200, "content", "Content-Type", "application/octet-stream");
        });
    }

    @AfterEach
    void stop() {
        elsewhere.close();
    }

    /** Returns a registry that leads to another server for all that it is asked for. */
    private static ScriptedServer.Script leadingTo(String other) {
        return request -> {
            if (request.authorization().isEmpty()) {
                return new Answer(401, "", "WWW-Authenticate", "Basic realm=x");
            }
            if (request.method().equals("POST")) {
                return new Answer(202, "", "Location", other + "/upload?state=x");
            }
            if (request.target().contains("/tags/")) {
                return new Answer(200, "{\"tags\":[\"1\"]}", "Link", "<" + other + "/tags>; rel=\"next\"");
            }
            return new Answer(307, "", "Location", other + "/blob");
        };
    }

    private static RemoteOptions options(String registry) {
        return RemoteOptions.builder()
                .credentials(CredentialStore.of(registry, Credentials.of("bob", "pw")))
                .build();
    }

    private static byte[] pull(Repository repository) throws IOException {
        try (BlobContent content = repository.blobs().open(DIGEST)) {
            return content.stream().readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another port", "another name"})
    void getsNothingOfWhatTheRegistryIsTold(String what) throws IOException {
        String other = what.equals("another port") ? elsewhere.address() : elsewhere.otherName();
        try (ScriptedServer server = new ScriptedServer(leadingTo("http://" + other));
                RemoteRegistry registry = RemoteRegistry.at(server.address(), options(server.address()))) {
            Repository repository = registry.repository(NAME);

            assertThat(pull(repository)).isEqualTo(BYTES);
            assertThat(repository.tags().list()).containsExactly(Tag.parse("1"), Tag.parse("2"));
            repository.blobs().push(DIGEST, BlobSource.of(BYTES));

            assertThat(server.requests()).extracting(Request::authorization).contains("Basic Ym9iOnB3");
            assertThat(elsewhere.requests())
                    .hasSize(3)
                    .extracting(Request::authorization)
                    .containsOnly("");
        }
    }

    /** From TLS to plain HTTP, on the same machine, which may be spoken to so. */
    @Test
    void getsNothingBehindARedirectOutOfTls(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("Example authority");
        Queue<String> told = new ConcurrentLinkedQueue<>();
        try (RawServer server = new RawServer(
                authority
                        .issue(directory, "127.0.0.1")
                        .serverContext(authority)
                        .getServerSocketFactory()
                        .createServerSocket(0, 10, InetAddress.getLoopbackAddress()),
                connection -> {
                    String head = RawServer.readHead(connection);
                    boolean authorized = head.contains("Authorization: Basic Ym9iOnB3");
                    told.add(authorized ? "all" : "nothing");
                    String answer = authorized
                            ? "307 There\r\nLocation: http://" + elsewhere.address() + "/blob"
                            : "401 Who?\r\nWWW-Authenticate: Basic realm=x";
                    RawServer.send(
                            connection, "HTTP/1.1 " + answer + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
                })) {
            RemoteOptions options = RemoteOptions.builder()
                    .credentials(CredentialStore.of(server.address(), Credentials.of("bob", "pw")))
                    .trust("127.0.0.1", authority.certificateFile(directory))
                    .build();
            try (RemoteRegistry registry = RemoteRegistry.at("https://" + server.address(), options)) {
                assertThat(pull(registry.repository(NAME))).isEqualTo(BYTES);
            }
            assertThat(told).containsExactly("nothing", "all");
            assertThat(elsewhere.requests()).extracting(Request::authorization).containsExactly("");
        }
    }
}
