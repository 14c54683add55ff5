package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.Samples;
import dev.berth.registry.server.TestServer;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that people have, with a registry in a container. */
abstract class ClientsTest {
    private static final RepositoryName SOURCE = RepositoryName.parse("team/source");
    private static final RepositoryName TARGET = RepositoryName.parse("team/target");
    private static final Tag TAG = Tag.parse("1.0");

    private final Container.Kind kind;
    private final Registry registry = TestServer.newRegistry();
    private Container container;
    private Manifest image;

    @TempDir
    Path directory;

    ClientsTest(Container.Kind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void start() throws Exception {
        container = kind.start(
                "", new RegistryServlet(RegistryServer.builder(registry).build().handler()));
        image = Samples.image(registry.repository(SOURCE), "one");
        registry.repository(SOURCE).manifests().put(image, TAG);
    }

    @AfterEach
    void stop() {
        container.close();
    }

    @Test
    void skopeoCopiesThroughADirectory() throws Exception {
        Programs.require("skopeo");
        Programs programs = new Programs(directory);
        String host = "docker://127.0.0.1:" + container.port() + "/";

        programs.run("skopeo", "copy", "--src-tls-verify=false", host + "team/source:1.0", "dir:image");
        programs.run("skopeo", "copy", "--dest-tls-verify=false", "dir:image", host + "team/target:1.0");

        assertThat(registry.repository(TARGET).manifests().get(TAG)).isEqualTo(image);
    }

    /** nginx takes a prefix away, and puts it before the paths that clients are told. */
    @Test
    void skopeoCopiesBehindNginx() throws Exception {
        Programs.require("skopeo", "nginx");
        int port = freePort();
        Path configuration = Files.writeString(directory.resolve("nginx.conf"), """
            daemon off; pid nginx.pid; error_log stderr;
            events {}
            http {
                access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                server {
                    listen 127.0.0.1:%1$d;
                    client_max_body_size 0;
                    location / {
                        proxy_pass http://127.0.0.1:%2$d;
                        proxy_http_version 1.1;
                        proxy_request_buffering off;
                        proxy_set_header Host $http_host;
                    }
                    location /images/ {
                        proxy_pass http://127.0.0.1:%2$d/;
                        proxy_redirect / /images/;
                    }
                }
            }
            """.formatted(port, container.port()));
        Process nginx = new ProcessBuilder("nginx", "-p", directory.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("nginx.log").toFile())
                .start();
        try {
            Programs programs = new Programs(directory);
            String host = "http://127.0.0.1:" + port;
            programs.run("curl", "-sS", "--retry", "50", "--retry-connrefused", "--retry-delay", "1", host + "/v2/");
            String skopeo = "docker://127.0.0.1:" + port + "/";

            programs.run(
                    "skopeo",
                    "copy",
                    "--preserve-digests",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    skopeo + "team/source:1.0",
                    skopeo + "team/target:1.0");

            assertThat(registry.repository(TARGET).manifests().get(TAG)).isEqualTo(image);
            assertThat(programs.run("curl", "-sSi", "-X", "POST", host + "/images/v2/team/target/blobs/uploads/"))
                    .containsPattern("Location: (http://127.0.0.1:" + port + ")?/images/v2/team/target/blobs/uploads/");
        } finally {
            nginx.destroy();
            nginx.waitFor();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What clients of HTTP/2 push is not limited by the container's ideas of a form. */
    @Test
    void curlPushesAForm() throws Exception {
        Programs.require("curl");
        byte[] form = "a=b&c=d".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        dev.berth.registry.Digest digest = dev.berth.registry.Digest.sha256(form);

        new Programs(directory)
                .run(List.of(
                        "curl",
                        "-sSf",
                        "--data-binary",
                        "a=b&c=d",
                        "http://127.0.0.1:" + container.port() + "/v2/team/target/blobs/uploads/?digest=" + digest));

        assertThat(registry.repository(TARGET).blobs().find(digest)).isPresent();
    }
}
