package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.credentials.CredentialFiles;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.DockerRegistry;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Docker's own registry behind a password (htpasswd). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DockerRegistryLoginTest {
    private static final String PASSWORD = "hunter2";
    /** Of the user bob, as {@code htpasswd -B} writes it. */
    private static final String LINE = "bob:$2y$05$.G.RRdjc9yfV.4cC0WJsd.rkDURq2u8i/ZuC9AlkLRHzdDWw3BwTW\n";

    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Credentials BOB = Credentials.of("bob", PASSWORD);

    private DockerRegistry docker;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException {
        Path passwords = Files.writeString(directory.resolve("htpasswd"), LINE);
        docker = DockerRegistry.start(
                directory, "REGISTRY_AUTH_HTPASSWD_REALM=tests", "REGISTRY_AUTH_HTPASSWD_PATH=" + passwords);
    }

    @AfterAll
    void stop() {
        if (docker != null) {
            docker.close();
        }
    }

    private RemoteRegistry connect(CredentialStore credentials) {
        return RemoteRegistry.at(
                docker.address(),
                RemoteOptions.builder().credentials(credentials).build());
    }

    private static RegistryException refusal(RemoteRegistry registry) {
        RegistryException refusal = assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.repository(NAME).blobs().find(Digest.sha256(new byte[0])))
                .actual();
        assertThat(refusal.code()).isEqualTo(ErrorCode.UNAUTHORIZED);
        StringWriter trace = new StringWriter();
        refusal.printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString())
                .doesNotContain(PASSWORD)
                .doesNotContain(Base64.getEncoder().encodeToString(("bob:" + PASSWORD).getBytes()));
        return refusal;
    }

    @Test
    void logsInWithAPassword() {
        try (RemoteRegistry registry = connect(CredentialStore.of(docker.address(), BOB))) {
            Repository repository = registry.repository(NAME);

            Descriptor blob = Content.blob(repository, Content.bytes(1, 200_000));

            assertThat(repository.blobs().find(blob.digest()))
                    .map(Descriptor::size)
                    .contains(200_000L);
        }
    }

    @Test
    void saysThatItNeedsALogin() {
        try (RemoteRegistry registry = connect(CredentialStore.none())) {
            assertThat(refusal(registry))
                    .hasMessageContaining("repository:team/app:pull")
                    .hasMessageContaining("there are no credentials")
                    .hasMessageContaining(docker.address());
        }
    }

    @Test
    void saysThatThePasswordIsWrong() {
        Credentials wrong = Credentials.of("bob", PASSWORD + PASSWORD);
        try (RemoteRegistry registry = connect(CredentialStore.of(docker.address(), wrong))) {
            assertThat(refusal(registry)).hasMessageContaining("the credentials do not allow it");
        }
    }

    @Test
    void sendsCredentialsToNoOtherRegistry() {
        try (RemoteRegistry registry = connect(CredentialStore.of("registry.example", BOB))) {
            refusal(registry);
        }
    }

    @Test
    void asksForCredentialsOnceUntilTheyAreRefused() {
        AtomicInteger asked = new AtomicInteger();
        AtomicReference<Credentials> current = new AtomicReference<>(Credentials.of("bob", "old"));
        CredentialStore counting = (registry, repository) -> {
            asked.incrementAndGet();
            return Optional.of(current.get());
        };
        try (RemoteRegistry registry = connect(counting)) {
            refusal(registry);
            current.set(BOB);
            for (int i = 0; i < 10; i++) {
                registry.repository(NAME).blobs().find(Digest.sha256(new byte[0]));
            }
            // At first, and when the password that was remembered was refused once more.
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void logsInAsTheDockerCommandLineWould(@TempDir Path directory) throws IOException {
        String auth = Base64.getEncoder().encodeToString(("bob:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        Path file = Files.writeString(
                directory.resolve("config.json"),
                "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(docker.address(), auth));
        try (RemoteRegistry registry = connect(CredentialFiles.docker(file))) {
            Content.blob(registry.repository(NAME), Content.bytes(2, 10));
        }
        try (RemoteRegistry registry = connect(CredentialFiles.podman(file))) {
            assertThat(registry.repository(NAME).blobs().find(Digest.sha256(Content.bytes(2, 10))))
                    .isPresent();
        }
    }
}
