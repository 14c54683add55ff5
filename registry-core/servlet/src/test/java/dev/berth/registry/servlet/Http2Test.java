package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.Samples;
import dev.berth.registry.server.TestServer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTP/2 without TLS, by an upgrade and by prior knowledge. */
abstract class Http2Test {
    private final Container.Kind kind;
    private final byte[] blob = Samples.bytes(3_000_000, 1);
    private final Digest digest = Digest.sha256(blob);
    private Container container;

    @TempDir
    Path directory;

    Http2Test(Container.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws Exception {
        container = kind.start(
                "",
                new RegistryServlet(
                        RegistryServer.builder(TestServer.newRegistry()).build().handler()));
    }

    @AfterEach
    void stop() {
        container.close();
    }

    private String uri(String path) {
        return "http://127.0.0.1:" + container.port() + path;
    }

    @Test
    void servesTheClientOfTheJdk() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        // The first request asks for the upgrade.
        send(client, HttpRequest.newBuilder(URI.create(uri("/v2/"))).build());

        HttpResponse<byte[]> started = send(
                client,
                HttpRequest.newBuilder(URI.create(uri("/v2/a/blobs/uploads/")))
                        .POST(BodyPublishers.noBody())
                        .build());
        assertThat(started.statusCode()).isEqualTo(202);
        assertThat(started.version()).isEqualTo(HttpClient.Version.HTTP_2);

        URI upload = URI.create(uri(started.headers().firstValue("Location").orElseThrow() + "?digest=" + digest));
        HttpResponse<byte[]> pushed = send(
                client,
                HttpRequest.newBuilder(upload)
                        .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(blob)))
                        .build());
        assertThat(pushed.statusCode()).isEqualTo(201);

        URI pulled = URI.create(uri(pushed.headers().firstValue("Location").orElseThrow()));
        HttpResponse<byte[]> head = send(
                client,
                HttpRequest.newBuilder(pulled)
                        .method("HEAD", BodyPublishers.noBody())
                        .build());
        assertThat(head.headers().firstValue("content-length")).hasValue("3000000");
        HttpResponse<byte[]> pull = send(client, HttpRequest.newBuilder(pulled).build());
        assertThat(pull.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(pull.body()).isEqualTo(blob);
    }

    @Test
    protected void refusesAnUploadBeforeItHasArrived() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        send(client, HttpRequest.newBuilder(URI.create(uri("/v2/"))).build());

        HttpResponse<byte[]> refused = send(
                client,
                HttpRequest.newBuilder(URI.create(uri("/v2/a/blobs/uploads/nothing")))
                        .method("PATCH", BodyPublishers.ofByteArray(new byte[500_000]))
                        .build());
        assertThat(refused.statusCode()).isEqualTo(404);
        assertThat(new String(refused.body(), java.nio.charset.StandardCharsets.UTF_8))
                .contains("BLOB_UPLOAD_UNKNOWN");
    }

    private static HttpResponse<byte[]> send(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofByteArray());
    }

    @Test
    void servesCurlThatKnowsBefore() throws Exception {
        Programs.require("curl");
        Programs programs = new Programs(directory);
        java.nio.file.Files.write(directory.resolve("blob"), blob);

        assertThat(curl(programs, "-T", "blob", "-X", "POST", uri("/v2/a/blobs/uploads/?digest=" + digest)))
                .isEqualTo("2 201");
        assertThat(curl(programs, "-o", "pulled", uri("/v2/a/blobs/" + digest))).isEqualTo("2 200");
        assertThat(directory.resolve("pulled")).hasBinaryContent(blob);
    }

    private static String curl(Programs programs, String... arguments) throws Exception {
        java.util.List<String> command = new java.util.ArrayList<>(
                java.util.List.of("curl", "-sS", "--http2-prior-knowledge", "-w", "%{http_version} %{http_code}"));
        command.addAll(java.util.List.of(arguments));
        return programs.run(command);
    }
}
