package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.client.fixtures.TokenServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker's own registry with a token service: who asks for which tokens, and how often. */
final class DockerRegistryTokenTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final RepositoryName BASE = RepositoryName.parse("team/base");
    private static final String PASSWORD = "hunter2";
    private static final Credentials BOB = Credentials.of("bob", PASSWORD);

    private TokenServer tokens;
    private DockerRegistry docker;
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        TestAuthority authority = new TestAuthority("Example authority");
        tokens = new TokenServer(authority, directory).user("bob", PASSWORD).identityToken("long-lived", "bob");
        docker = DockerRegistry.start(
                directory,
                "REGISTRY_AUTH_TOKEN_REALM=" + tokens.realm(),
                "REGISTRY_AUTH_TOKEN_SERVICE=tests",
                "REGISTRY_AUTH_TOKEN_ISSUER=tests",
                "REGISTRY_AUTH_TOKEN_ROOTCERTBUNDLE=" + authority.certificateFile(directory));
    }

    @AfterEach
    void stop() {
        tokens.close();
        if (docker != null) {
            docker.close();
        }
    }

    private RemoteRegistry connect(Credentials credentials) {
        return RemoteRegistry.at(
                docker.address(),
                RemoteOptions.builder()
                        .credentials(CredentialStore.of(docker.address(), credentials))
                        .clock(now::get)
                        .build());
    }

    private RemoteRegistry connectAnonymously() {
        return RemoteRegistry.at(docker.address());
    }

    @Test
    void asksForOneTokenForEachSetOfScopes() throws IOException {
        try (RemoteRegistry registry = connect(BOB)) {
            Repository base = registry.repository(BASE);
            Repository app = registry.repository(APP);
            Manifest image = Content.image(base, 1);
            base.manifests().put(image, Tag.parse("1"));
            for (int i = 0; i < 5; i++) {
                Content.blob(app, Content.bytes(i, 50_000));
            }
            Descriptor blob = Content.blob(base, Content.bytes(9, 50_000));
            assertThat(app.blobs().mount(blob.digest(), MountSource.from(BASE))).isPresent();
            assertThat(app.blobs().mount(blob.digest(), MountSource.from(BASE))).isPresent();
            for (int i = 0; i < 5; i++) {
                assertThat(base.manifests().get(Tag.parse("1"))).isEqualTo(image);
                try (BlobContent content = app.blobs().open(blob.digest())) {
                    content.transferTo(OutputStream.nullOutputStream());
                }
            }
            assertThat(base.tags().list()).containsExactly(Tag.parse("1"));
            assertThat(base.manifests().delete(image.digest()).deleted()).isTrue();
        }

        assertThat(tokens.requests())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrder(
                        "GET bob repository:team/base:pull,push",
                        "GET bob repository:team/app:pull,push",
                        "GET bob repository:team/app:pull,push repository:team/base:pull",
                        "GET bob repository:team/base:pull",
                        "GET bob repository:team/app:pull",
                        "GET bob repository:team/base:delete,pull");
    }

    @Test
    void sharesATokenAmongThreads() throws Exception {
        byte[] bytes = Content.bytes(2, 1000);
        try (RemoteRegistry registry = connect(BOB)) {
            Content.blob(registry.repository(APP), bytes);
        }
        tokens.requests().clear();
        ExecutorService threads = Executors.newFixedThreadPool(32);
        try (RemoteRegistry registry = connect(BOB)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                all.add(threads.submit(() -> registry.repository(APP)
                        .blobs()
                        .find(Digest.sha256(bytes))
                        .orElseThrow()));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(tokens.requests()).containsExactly("GET bob repository:team/app:pull");
    }

    @Test
    void fetchesATokenAgainWhenItExpires() {
        tokens.life(300);
        try (RemoteRegistry registry = connect(BOB)) {
            Digest digest =
                    Content.blob(registry.repository(APP), new byte[] {1}).digest();
            registry.repository(APP).blobs().find(digest);
            tokens.requests().clear();

            now.set(now.get().plus(Duration.ofSeconds(280)));
            registry.repository(APP).blobs().find(digest);
            assertThat(tokens.requests()).isEmpty();
            now.set(now.get().plus(Duration.ofSeconds(20)));
            registry.repository(APP).blobs().find(digest);
            registry.repository(APP).blobs().find(digest);

            assertThat(tokens.requests()).containsExactly("GET bob repository:team/app:pull");
        }
    }

    @Test
    void replacesATokenThatIsRefusedOnce() {
        AtomicInteger count = new AtomicInteger();
        tokens.answers(answer -> count.incrementAndGet() == 2 ? "{\"token\":\"revoked\",\"expires_in\":300}" : answer);
        try (RemoteRegistry registry = connect(BOB)) {
            Digest digest = Content.blob(registry.repository(APP), Content.bytes(3, 1000))
                    .digest();

            assertThat(registry.repository(APP).blobs().find(digest)).isPresent();
        }

        assertThat(tokens.requests())
                .containsExactly(
                        "GET bob repository:team/app:pull,push",
                        "GET bob repository:team/app:pull",
                        "GET bob repository:team/app:pull");
    }

    @Test
    void givesUpOnTokensThatAreAlwaysRefused() {
        tokens.answers(answer -> "{\"token\":\"worthless\",\"expires_in\":300}");
        try (RemoteRegistry registry = connect(BOB)) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(APP).blobs().find(Digest.sha256(new byte[0])))
                    .matches(e -> e.code() == ErrorCode.UNAUTHORIZED)
                    .withMessageContaining("repository:team/app:pull")
                    .withMessageNotContaining("worthless");
        }

        assertThat(tokens.requests()).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void takesAnIdentityTokenToTheTokenService() {
        try (RemoteRegistry registry = connect(Credentials.ofIdentityToken("long-lived"))) {
            Content.blob(registry.repository(APP), Content.bytes(4, 1000));
        }

        assertThat(tokens.requests()).containsExactly("POST bob repository:team/app:pull,push");
    }

    @Test
    void goesOnWithTheIdentityTokenThatTheServiceHandsOutNext() {
        tokens.rotate();
        try (RemoteRegistry registry = connect(Credentials.ofIdentityToken("long-lived"))) {
            Digest blob = Content.blob(registry.repository(APP), Content.bytes(4, 1000))
                    .digest();
            registry.repository(APP).blobs().find(blob);
            registry.repository(BASE).blobs().find(blob);
        }

        assertThat(tokens.requests())
                .containsExactly(
                        "POST bob repository:team/app:pull,push",
                        "POST bob repository:team/app:pull",
                        "POST bob repository:team/base:pull");
    }

    @Test
    void getsAnAnonymousToken() throws IOException {
        byte[] bytes = Content.bytes(5, 1000);
        try (RemoteRegistry registry = connect(BOB)) {
            Content.blob(registry.repository(APP), bytes);
        }
        tokens.requests().clear();
        try (RemoteRegistry registry = connectAnonymously()) {
            try (BlobContent content = registry.repository(APP).blobs().open(Digest.sha256(bytes))) {
                assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
            }

            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> Content.blob(registry.repository(APP), new byte[] {6}))
                    .matches(e -> e.code() == ErrorCode.UNAUTHORIZED)
                    .withMessageContaining("repository:team/app:pull,push");
        }

        assertThat(tokens.requests()).contains("GET - repository:team/app:pull");
    }

    @Test
    void saysThatTheTokenServiceRefusesThePassword() {
        try (RemoteRegistry registry = connect(Credentials.of("bob", "secret-but-wrong"))) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(APP).tags().list().toList())
                    .matches(e -> e.code() == ErrorCode.UNAUTHORIZED)
                    .withMessageContaining("token service")
                    .withMessageContaining("repository:team/app:pull")
                    .withMessageContaining("refused the credentials")
                    .withMessageNotContaining("secret-but-wrong");
        }
    }

    @Test
    void saysThatTheTokenServiceSendsRubbishWithoutRepeatingIt() {
        tokens.answers(answer -> "{\"token\":[\"s3cret\"]}");
        try (RemoteRegistry registry = connect(BOB)) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(APP).tags().list().toList())
                    .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                    .withMessageContaining("no token")
                    .withStackTraceContaining("token service");
        }
    }
}
