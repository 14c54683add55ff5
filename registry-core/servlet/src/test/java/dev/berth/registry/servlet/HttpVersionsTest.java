package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.fixtures.DockerEngine;
import dev.berth.registry.fixtures.SampleImages;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.ServerExchange;
import dev.berth.registry.server.TestServer;
import dev.berth.registry.servlet.clients.ImageClient;
import dev.berth.registry.servlet.clients.ImageProgram;
import dev.berth.registry.servlet.clients.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs that people have push and pull through each container, by each version of HTTP that it speaks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@org.junit.jupiter.api.Tag("any-jdk")
class HttpVersionsTest {
    private static final Tag TAG = Tag.parse("1.0");

    private final Queue<ServerExchange> observed = new ConcurrentLinkedQueue<>();
    private Registry registry;
    private RegistryServer server;
    private Manifest image;
    private DockerEngine engine;

    @TempDir
    static Path shared;

    @BeforeEach
    void serve() {
        observed.clear();
        registry = TestServer.newRegistry();
        server = RegistryServer.builder(registry).observer(observed::add).build();
        image = new SampleImages(System.nanoTime())
                .image(registry.repository(RepositoryName.parse("team/source")), List.of(300_000, 1000), TAG);
    }

    @AfterAll
    void stop() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    private DockerEngine engine() throws Exception {
        if (engine == null) {
            engine = DockerEngine.start(shared);
        }
        return engine;
    }

    /** Each container with each program. */
    static Stream<Arguments> programs() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Arrays.stream(ImageProgram.values()).map(program -> Arguments.of(kind, program)));
    }

    @ParameterizedTest
    @MethodSource("programs")
    void withoutTls(Kind kind, ImageProgram program, @TempDir Path directory) throws Exception {
        try (Container container = kind.start(new RegistryServlet(server.handler()))) {
            pullAndPush(program.in(directory, Optional.empty(), this::engine), container.port());
        }

        assertThat(observed).extracting(ServerExchange::protocol).containsOnly("HTTP/1.1");
    }

    /** The client asks for HTTP/2 in TLS, or does not. */
    @ParameterizedTest
    @MethodSource("programs")
    void withTls(Kind kind, ImageProgram program, @TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("tests");
        TestAuthority.Identity identity = authority.issue(directory, "127.0.0.1", "localhost");
        Optional<Path> trusted = Optional.of(authority.certificateFile(directory));
        try (Container container = kind.startTls(new RegistryServlet(server.handler()), authority, identity)) {
            pullAndPush(program.in(directory, trusted, this::engine), container.port());
        }

        assertThat(observed)
                .extracting(ServerExchange::protocol)
                .containsOnly(program.speaksHttp2() ? "HTTP/2.0" : "HTTP/1.1");
    }

    /** haproxy speaks HTTP/2 for those that do not. */
    @ParameterizedTest
    @MethodSource("programs")
    void behindHaproxyByH2c(Kind kind, ImageProgram program, @TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("tests");
        TestAuthority.Identity identity = authority.issue(directory, "127.0.0.1", "localhost");
        Optional<Path> trusted = Optional.of(authority.certificateFile(directory));
        try (Container container = kind.start(new RegistryServlet(server.handler()));
                Proxy haproxy = Proxy.haproxy(
                        directory, List.of(identity.certificateFile(), identity.keyFile()), container.port(), "h2")) {
            pullAndPush(program.in(directory, trusted, this::engine), haproxy.port());
        }

        assertThat(observed).extracting(ServerExchange::protocol).containsOnly("HTTP/2.0");
    }

    /** Two names of one host, so that what is pushed there is not there already. */
    private void pullAndPush(ImageClient client, int port) throws Exception {
        String source = "127.0.0.1:" + port + "/team/source:" + TAG;
        client.pull(source);
        try {
            client.push(source, "localhost:" + port + "/team/target:" + TAG);
        } finally {
            client.forget(source);
        }

        Repository target = registry.repository(RepositoryName.parse("team/target"));
        Manifest pushed = target.manifests().get(TAG);
        SampleImages.requireComplete(target, pushed.descriptor());
        assertThat(config(pushed)).isEqualTo(config(image));
    }

    /** What a program keeps of an image in any case: it may compress layers anew. */
    private static Digest config(Manifest manifest) {
        return ((ImageManifest) ManifestDocument.parse(manifest)).config().digest();
    }
}
