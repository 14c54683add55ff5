package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.Samples;
import dev.berth.registry.server.TestServer;
import dev.berth.registry.servlet.clients.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that people have, with a registry in a container. */
abstract class ClientsTest {
    private static final RepositoryName SOURCE = RepositoryName.parse("team/source");
    private static final RepositoryName TARGET = RepositoryName.parse("team/target");
    private static final Tag TAG = Tag.parse("1.0");
    private static final Pattern LOCATION = Pattern.compile("(?im)^location: (\\S+)");

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
        Programs.require("skopeo", "curl");
        try (Proxy nginx = Proxy.nginx(directory, container.port())) {
            Programs programs = new Programs(directory);
            String skopeo = "docker://127.0.0.1:" + nginx.port() + "/";

            programs.run(
                    "skopeo",
                    "copy",
                    "--preserve-digests",
                    "--src-tls-verify=false",
                    "--dest-tls-verify=false",
                    skopeo + "team/source:1.0",
                    skopeo + "team/target:1.0");

            assertThat(registry.repository(TARGET).manifests().get(TAG)).isEqualTo(image);
            assertUploadsBelow("http://127.0.0.1:" + nginx.port());
        }
    }

    /** haproxy as well, from TLS to h2c. */
    @Test
    void locationsAreRightBehindHaproxy() throws Exception {
        Programs.require("curl");
        TestAuthority authority = new TestAuthority("tests");
        TestAuthority.Identity identity = authority.issue(directory, "127.0.0.1");
        List<Path> pem = List.of(identity.certificateFile(), identity.keyFile());
        try (Proxy haproxy = Proxy.haproxy(directory, pem, container.port(), "h2")) {
            assertUploadsBelow(
                    "https://127.0.0.1:" + haproxy.port(),
                    "--cacert",
                    authority.certificateFile(directory).toString());
        }
    }

    /** Begins an upload below the root and below the prefix, and completes it where the response says. */
    private void assertUploadsBelow(String host, String... options) throws Exception {
        for (String prefix : List.of("", "/images")) {
            byte[] content = ("content" + prefix).getBytes(StandardCharsets.US_ASCII);
            Digest digest = Digest.sha256(content);
            String started = curl(options, "-X", "POST", host + prefix + "/v2/team/target/blobs/uploads/");
            String location = location(started, host);
            assertThat(location).startsWith(prefix + "/v2/team/target/blobs/uploads/");

            String ended = curl(
                    options,
                    "-X",
                    "PUT",
                    "--data-binary",
                    "content" + prefix,
                    "-H",
                    "Content-Type: application/octet-stream",
                    host + location + (location.contains("?") ? "&" : "?") + "digest=" + digest);

            assertThat(location(ended, host)).isEqualTo(prefix + "/v2/team/target/blobs/" + digest);
            assertThat(registry.repository(TARGET).blobs().find(digest)).isPresent();
        }
    }

    private String curl(String[] options, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("curl", "-sSi"));
        command.addAll(List.of(options));
        command.addAll(List.of(arguments));
        return new Programs(directory).run(command);
    }

    /** Returns the location that a response tells, without the host. */
    private static String location(String response, String host) {
        Matcher location = LOCATION.matcher(response);
        assertThat(location.find()).as(response).isTrue();
        String address = location.group(1);
        return address.startsWith(host) ? address.substring(host.length()) : address;
    }

    /** What clients of HTTP/2 push is not limited by the container's ideas of a form. */
    @Test
    void curlPushesAForm() throws Exception {
        Programs.require("curl");
        byte[] form = "a=b&c=d".getBytes(StandardCharsets.US_ASCII);
        Digest digest = Digest.sha256(form);

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
