package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.RawServer;
import dev.berth.registry.client.fixtures.ScriptedServer;
import dev.berth.registry.client.fixtures.ScriptedServer.Answer;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.contract.Cases;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Registries that answer what no registry should: each time an error that says so, and never bad bytes. */
@Timeout(60)
final class OddAnswerTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Digest OTHER = Digest.sha256(new byte[] {9});

    private static RemoteRegistry connect(String address) {
        return RemoteRegistry.at(
                address,
                RemoteOptions.builder()
                        .backoff(new Backoff(duration -> {}, () -> 0.5))
                        .build());
    }

    private static void assertFails(
            ErrorCode code, String part, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call)
                .matches(e -> e.code() == code)
                .withMessageContaining(part);
    }

    @Test
    void refusesAWrongDigestInAHeader() throws IOException {
        try (ServedRegistry server = new ServedRegistry();
                RemoteRegistry registry = connect(server.address())) {
            Manifest image = Content.image(server.stored().repository(NAME), 1);
            server.stored().repository(NAME).manifests().put(image, Tag.parse("1"));
            Digest blob = Content.blob(server.stored().repository(NAME), new byte[] {1})
                    .digest();
            server.filter((request, next) -> {
                var answer = next.handle(request);
                return answer.withHeaders(answer.headers().toBuilder()
                        .set("Docker-Content-Digest", OTHER.toString())
                        .build());
            });
            var repository = registry.repository(NAME);

            assertFails(
                    ErrorCode.DIGEST_INVALID,
                    OTHER.toString(),
                    () -> repository.manifests().get(Tag.parse("1")));
            assertFails(
                    ErrorCode.DIGEST_INVALID,
                    OTHER.toString(),
                    () -> repository.manifests().find(image.digest()));
            assertFails(
                    ErrorCode.DIGEST_INVALID,
                    OTHER.toString(),
                    () -> repository.blobs().find(blob));
            assertFails(
                    ErrorCode.DIGEST_INVALID,
                    OTHER.toString(),
                    () -> repository.blobs().open(blob));
            assertFails(
                    ErrorCode.DIGEST_INVALID,
                    OTHER.toString(),
                    () -> repository.manifests().put(image));
            assertFails(ErrorCode.DIGEST_INVALID, OTHER.toString(), () -> Content.blob(repository, new byte[] {2}));
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    /** A registry that sends this length and these bytes for every blob. */
    private static RawServer blobServer(long said, byte[] sent) throws IOException {
        return new RawServer(connection -> {
            RawServer.readHead(connection);
            RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + said + "\r\n\r\n");
            connection.getOutputStream().write(sent);
        });
    }

    private static byte[] pull(RemoteRegistry registry, Digest digest) throws IOException {
        try (BlobContent content = registry.repository(NAME).blobs().open(digest)) {
            return content.stream().readAllBytes();
        }
    }

    @Test
    void saysThatFewerBytesCameThanWereSaid() throws IOException {
        byte[] bytes = Content.bytes(1, 1000);
        try (RawServer server = blobServer(1001, bytes);
                RemoteRegistry registry = connect(server.address())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> pull(registry, Digest.sha256(bytes)))
                    .withMessageContaining(Digest.sha256(bytes).toString())
                    .withCauseInstanceOf(RegistryException.class);
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void saysThatTheBytesAreTooFewOrTooManyToBeTheBlob() throws IOException {
        byte[] bytes = Content.bytes(2, 1000);
        byte[] fewer = java.util.Arrays.copyOf(bytes, 999);
        byte[] more = java.util.Arrays.copyOf(bytes, 1001);
        for (byte[] sent : new byte[][] {fewer, more}) {
            try (RawServer server = blobServer(sent.length, sent);
                    RemoteRegistry registry = connect(server.address())) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> pull(registry, Digest.sha256(bytes)))
                        .withMessageContaining("DIGEST_INVALID")
                        .withMessageContaining(Digest.sha256(bytes).toString());
                assertThat(registry.connectionsInUse()).isZero();
            }
        }
    }

    @Test
    void saysThatABodyInChunksIsLongerThanItsBlob() throws IOException {
        byte[] bytes = Content.bytes(3, 1000);
        try (RawServer server = new RawServer(connection -> {
                    String head = RawServer.readHead(connection);
                    if (head.startsWith("HEAD")) {
                        RawServer.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                        return;
                    }
                    RawServer.send(connection, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3e8\r\n");
                    connection.getOutputStream().write(bytes);
                    RawServer.send(connection, "\r\n4\r\nmore\r\n0\r\n\r\n");
                });
                RemoteRegistry registry = connect(server.address())) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> pull(registry, Digest.sha256(bytes)))
                    .withMessageContaining("more than the 1000 bytes");
            assertThat(registry.connectionsInUse()).isZero();
        }
    }

    @Test
    void refusesAManifestOfAHundredMegabytesWithoutReadingIt() throws IOException {
        AtomicLong sent = new AtomicLong();
        for (String framing : new String[] {"Content-Length: 104857600", "Connection: close"}) {
            try (RawServer server = new RawServer(connection -> {
                        RawServer.readHead(connection);
                        RawServer.send(
                                connection,
                                "HTTP/1.1 200 OK\r\nContent-Type: " + MediaTypes.OCI_MANIFEST + "\r\n" + framing
                                        + "\r\n\r\n");
                        sendBlanks(connection, sent);
                    });
                    RemoteRegistry registry = connect(server.address())) {
                assertFails(
                        ErrorCode.MANIFEST_TOO_LARGE,
                        "more than 4194304 bytes",
                        () -> registry.repository(NAME).manifests().get(Tag.parse("1")));
                assertThat(registry.connectionsInUse()).isZero();
            }
            assertThat(sent.get()).isLessThan(100 * 1024 * 1024);
        }
    }

    private static void sendBlanks(Socket connection, AtomicLong sent) throws IOException {
        byte[] blanks = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);
        OutputStream output = connection.getOutputStream();
        sent.set(0);
        for (int i = 0; i < 1600; i++) {
            output.write(blanks);
            sent.addAndGet(blanks.length);
        }
    }

    @Test
    void doesNotTakeAWebSiteForARegistry() throws IOException {
        String page = "<html><body>Welcome</body></html>";
        for (int status : new int[] {200, 404}) {
            try (ScriptedServer site = new ScriptedServer(
                            request -> new Answer(status, page, "Content-Type", "text/html; charset=utf-8"));
                    RemoteRegistry registry = connect(site.address())) {
                var repository = registry.repository(NAME);
                assertFails(
                        ErrorCode.UNAVAILABLE,
                        "is not a registry",
                        () -> repository.manifests().find(Tag.parse("1")));
                assertFails(
                        ErrorCode.UNAVAILABLE,
                        "is not a registry",
                        () -> repository.manifests().get(Tag.parse("1")));
                assertFails(
                        ErrorCode.UNAVAILABLE,
                        "is not a registry",
                        () -> repository.tags().list().toList());
                assertFails(ErrorCode.UNAVAILABLE, site.address(), () -> Content.blob(repository, new byte[] {1}));
            }
        }
    }

    /** Some registries stand behind a site that answers 404 with its own page. */
    @Test
    void knowsARegistryWhosePagesForPeopleAre404s() throws IOException {
        try (ScriptedServer site =
                        new ScriptedServer(request -> request.target().equals("/v2/")
                                ? new Answer(200, "{}", "Docker-Distribution-API-Version", "registry/2.0")
                                : new Answer(404, "<html></html>", "Content-Type", "text/html"));
                RemoteRegistry registry = connect(site.address())) {
            assertThat(registry.repository(NAME).manifests().find(Tag.parse("1")))
                    .isEmpty();
            assertThat(registry.repository(NAME).manifests().find(Tag.parse("2")))
                    .isEmpty();
            assertThat(site.requests()).hasSize(3);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/vnd.oci.image.index.v1+json | {\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\"}",
                "application/vnd.oci.image.manifest.v1+json | {\"mediaType\":\"application/vnd.oci.image.index.v1+json\"}",
            })
    void refusesAManifestThatIsSomethingElseThanItsHeaderSays(String told, String body) throws IOException {
        try (ScriptedServer server = new ScriptedServer(request -> new Answer(200, body, "Content-Type", told));
                RemoteRegistry registry = connect(server.address())) {
            assertFails(
                    ErrorCode.MANIFEST_INVALID,
                    "but its content says",
                    () -> registry.repository(NAME).manifests().get(Tag.parse("1")));
        }
    }

    @Test
    void findsOutWhatAManifestIsWhereTheHeaderDoesNotSay() {
        Cases.of("", "text/plain", "application/octet-stream", "application/json")
                .check(told -> {
                    String body =
                            "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}";
                    try (ScriptedServer server = new ScriptedServer(request -> told.isEmpty()
                                    ? new Answer(200, body)
                                    : new Answer(200, body, "Content-Type", told));
                            RemoteRegistry registry = connect(server.address())) {
                        assertThat(registry.repository(NAME)
                                        .manifests()
                                        .find(Tag.parse("1"))
                                        .orElseThrow()
                                        .mediaType())
                                .isEqualTo(MediaTypes.OCI_INDEX);
                    }
                });
    }

    /** Found through a proxy that answers HEAD as if there were nothing. */
    @Test
    void readsAManifestThatIsSaidToBeEmpty() throws IOException {
        String body = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}";
        Digest digest = Digest.sha256(body.getBytes(StandardCharsets.UTF_8));
        try (RawServer server = new RawServer(connection -> {
                    boolean head = RawServer.readHead(connection).startsWith("HEAD");
                    RawServer.send(
                            connection,
                            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: " + MediaTypes.OCI_INDEX
                                    + "\r\nDocker-Content-Digest: " + digest + "\r\nContent-Length: "
                                    + (head ? "0\r\n\r\n" : body.length() + "\r\n\r\n" + body));
                });
                RemoteRegistry registry = connect(server.address())) {
            assertThat(registry.repository(NAME)
                            .manifests()
                            .find(Tag.parse("1"))
                            .orElseThrow()
                            .size())
                    .isEqualTo(body.length());
        }
    }

    @Test
    void saysThatAccessIsDeniedWhateverTheBody() {
        Cases.of(
                        "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"no\"}]}",
                        "{\"errors\":[{\"code\":\"SOMETHING_NEW\",\"message\":\"no\"}]}",
                        "{\"errors\":[{}]}",
                        "{\"errors\":[]}",
                        "{\"errors\":{}}",
                        "{\"details\":\"no\"}",
                        "no",
                        "")
                .check(body -> {
                    try (ScriptedServer server = new ScriptedServer(request -> new Answer(403, body));
                            RemoteRegistry registry = connect(server.address())) {
                        assertFails(
                                ErrorCode.DENIED,
                                "repository:team/app:pull",
                                () -> registry.repository(NAME).manifests().get(Tag.parse("1")));
                    }
                });
    }

    @Test
    void saysThatAnUploadWasBegunWithoutAnAddress() throws IOException {
        try (ScriptedServer server = new ScriptedServer(request -> new Answer(202, ""));
                RemoteRegistry registry = connect(server.address())) {
            assertFails(
                    ErrorCode.UNAVAILABLE,
                    "without the address of an upload",
                    () -> Content.blob(registry.repository(NAME), new byte[] {1}));
        }
    }

    @Test
    void doesNotTakeAPartForTheWhole() throws IOException {
        byte[] bytes = Content.bytes(4, 100);
        for (String range : new String[] {"bytes 0-49/100", "bytes 1-100/101", "bytes */100", "nonsense"}) {
            try (RawServer server = new RawServer(connection -> {
                        RawServer.readHead(connection);
                        RawServer.send(
                                connection,
                                "HTTP/1.1 206 Part\r\nContent-Range: " + range + "\r\nContent-Length: 50\r\n\r\n");
                        connection.getOutputStream().write(bytes, 0, 50);
                    });
                    RemoteRegistry registry = connect(server.address())) {
                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> {
                            try (BlobContent content =
                                    registry.repository(NAME).blobs().open(Digest.sha256(bytes))) {
                                InputStream stream = content.stream();
                                stream.readAllBytes();
                            }
                        })
                        .matches(e -> e.code() == ErrorCode.UNAVAILABLE);
                assertThat(registry.connectionsInUse()).isZero();
            }
        }
    }
}
