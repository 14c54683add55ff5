package dev.berth.registry.mirror;

import static dev.berth.registry.mirror.Mirrored.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.client.fixtures.FlakyProxy;
import dev.berth.registry.client.fixtures.FlakyProxy.Fate;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.client.fixtures.TokenServer;
import dev.berth.registry.engine.SettableClock;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Docker's own registry is mirrored, as it is, behind its ways to log in, and over a bad network. */
@Tag("any-jdk")
class MirrorOfDockerRegistryTest {
    private static final String PASSWORD = "hunter2";
    private static final Credentials BOB = Credentials.of("bob", PASSWORD);

    /** Of the user bob, as {@code htpasswd -B} writes it. */
    private static final String LINE = "bob:$2y$05$.G.RRdjc9yfV.4cC0WJsd.rkDURq2u8i/ZuC9AlkLRHzdDWw3BwTW\n";

    private static final int LAYER = 3 * 1024 * 1024;

    private final SettableClock clock = new SettableClock();
    private final Noted noted = new Noted();
    private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.good());
    private final byte[] layer = Content.bytes(5, LAYER);
    private final Digest digest = Digest.sha256(layer);

    @TempDir
    Path directory;

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final Registry local = StorageRegistry.over(store);
    private DockerRegistry docker;
    private FlakyProxy network;
    private Manifest image;

    /** A process of the mirror: connections are its own, what is stored is not. */
    private final class Node implements AutoCloseable {
        private final RemoteRegistry upstream;
        private final PullThrough mirror;

        Node() {
            upstream = RemoteRegistry.at(
                    network.address(),
                    RemoteOptions.builder()
                            .credentials(CredentialStore.of(network.address(), BOB))
                            .retry(RetryPolicy.none())
                            .stallTimeout(Duration.ofMillis(500))
                            .firstByteTimeout(Duration.ofSeconds(5))
                            .clock(clock)
                            .build());
            mirror = PullThrough.of(
                    upstream,
                    local,
                    store,
                    MirrorOptions.builder()
                            .clock(clock)
                            .listener(noted)
                            .bringReferrers(false)
                            .pause(duration -> fate.set(Fate.good()))
                            .build());
        }

        Repository app() {
            return mirror.repository(Mirrored.APP);
        }

        void pullsAll() throws Exception {
            assertThat(app().manifests().get(LATEST)).isEqualTo(image);
            assertThat(Mirrored.read(app(), digest)).isEqualTo(layer);
            Mirrored.await(() -> mirror.status().downloads() == 0);
        }

        @Override
        public void close() {
            mirror.close();
            upstream.close();
        }
    }

    private void start(String... settings) throws IOException {
        docker = DockerRegistry.start(directory, settings);
        network = new FlakyProxy(docker.port(), connection -> fate.get());
        try (RemoteRegistry pusher = RemoteRegistry.at(
                docker.address(),
                RemoteOptions.builder()
                        .credentials(CredentialStore.of(docker.address(), BOB))
                        .build())) {
            image = push(pusher.repository(Mirrored.APP));
        }
    }

    @AfterEach
    void end() throws IOException {
        if (network != null) {
            network.close();
        }
        if (docker != null) {
            docker.close();
        }
        local.close();
    }

    private Manifest push(Repository repository) {
        var config = Content.blob(repository, "{}".getBytes(StandardCharsets.UTF_8));
        var ofLayer = Content.blob(repository, layer);
        Manifest pushed = ImageManifest.of(
                        config.withMediaType(MediaTypes.OCI_CONFIG),
                        List.of(ofLayer.withMediaType(MediaTypes.OCI_LAYER_TAR_GZIP)))
                .toManifest();
        repository.manifests().put(pushed, LATEST);
        return pushed;
    }

    /** What is here is served for a day without the upstream registry. */
    private void isHere() throws Exception {
        fate.set(Fate.answer(503));
        try (Node node = new Node()) {
            clock.advance(Duration.ofDays(1));
            node.pullsAll();
        }
        assertThat(noted.stale).isNotEmpty();
        assertThat(noted.downloaded).containsOnlyOnce(digest);
    }

    private void pullsThroughAndIsHere() throws Exception {
        try (Node node = new Node()) {
            node.pullsAll();
        }
        isHere();
    }

    @Test
    void asItIs() throws Exception {
        start();
        pullsThroughAndIsHere();
    }

    @Test
    void behindPasswords() throws Exception {
        Path passwords = Files.writeString(directory.resolve("htpasswd"), LINE);
        start("REGISTRY_AUTH_HTPASSWD_REALM=tests", "REGISTRY_AUTH_HTPASSWD_PATH=" + passwords);
        pullsThroughAndIsHere();
    }

    @Test
    void behindATokenService() throws Exception {
        TestAuthority authority = new TestAuthority("Example authority");
        try (TokenServer tokens = new TokenServer(authority, directory).user("bob", PASSWORD)) {
            start(
                    "REGISTRY_AUTH_TOKEN_REALM=" + tokens.realm(),
                    "REGISTRY_AUTH_TOKEN_SERVICE=tests",
                    "REGISTRY_AUTH_TOKEN_ISSUER=tests",
                    "REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE=" + authority.certificateFile(directory));
            pullsThroughAndIsHere();
            assertThat(tokens.requests()).contains("GET bob repository:team/app:pull");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 401, 403})
    void anErrorIsNoReasonToStopForADay(int status) throws Exception {
        start();
        try (Node node = new Node()) {
            node.pullsAll();
        }
        fate.set(Fate.answer(status, "Retry-After: 60"));
        try (Node node = new Node()) {
            for (int hour = 1; hour <= 24; hour++) {
                clock.advance(Duration.ofHours(1));
                node.pullsAll();
                assertThat(noted.stale).hasSize(hour);
            }
            assertThatThrownBy(() ->
                            node.mirror.repository("team/other").manifests().get(LATEST))
                    .isInstanceOfSatisfying(
                            RegistryException.class,
                            e -> assertThat(e.code())
                                    .isIn(ErrorCode.UNAVAILABLE, ErrorCode.TOOMANYREQUESTS, ErrorCode.DENIED));
        }
    }

    static Stream<Fate> faults() {
        return Stream.of(
                Fate.cutDownloadAfter(LAYER / 2),
                Fate.endDownloadAfter(LAYER / 3),
                Fate.stallDownloadAfter(LAYER / 4),
                Fate.answer(503),
                Fate.answer(429));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aDownloadThatBreaksOffOrHangsGoesOn(Fate fault) throws Exception {
        start();
        try (Node node = new Node()) {
            node.app().manifests().get(LATEST);
        }
        fate.set(fault);
        try (Node node = new Node()) {
            if (fault.answer().isEmpty()) {
                assertThat(Mirrored.read(node.app(), digest)).isEqualTo(layer);
                assertThat(noted.resumed).hasSize(1);
            } else {
                // Before anything has come there is nothing to go on with: the next one gets it.
                assertThatThrownBy(() -> Mirrored.read(node.app(), digest)).isInstanceOf(RegistryException.class);
                Mirrored.await(() -> node.mirror.status().downloads() == 0);
                fate.set(Fate.good());
                assertThat(Mirrored.read(node.app(), digest)).isEqualTo(layer);
            }
            Mirrored.await(() -> node.mirror.status().downloads() == 0);
        }
        isHere();
    }

    @Test
    void aSlowRegistryIsWaitedFor() throws Exception {
        start();
        try (Node node = new Node()) {
            node.app().manifests().get(LATEST);
        }
        // 8 KiB a millisecond at most.
        fate.set(Fate.throttle(8191));
        try (Node node = new Node()) {
            assertThat(Mirrored.read(node.app(), digest)).isEqualTo(layer);
            assertThat(noted.resumed).isEmpty();
        }
    }

    @Test
    void corruptBytesAreNeverServedAsAWholeNorKept() throws Exception {
        start();
        try (Node node = new Node()) {
            node.app().manifests().get(LATEST);
        }
        fate.set(Fate.corrupt(LAYER / 2));
        try (Node node = new Node()) {
            assertThatThrownBy(() -> Mirrored.read(node.app(), digest))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("other content");
            Mirrored.await(() -> node.mirror.status().downloads() == 0);
            assertThat(local.repository(Mirrored.APP).blobs().find(digest)).isEmpty();
        }
        fate.set(Fate.good());
        pullsThroughAndIsHere();
    }
}
