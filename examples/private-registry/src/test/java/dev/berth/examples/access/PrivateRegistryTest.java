package dev.berth.examples.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.account.store.NewSecret;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.CredentialStore;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrivateRegistryTest {
    private static final Path SOURCE = Path.of("src/main/java/dev/berth/examples/access/PrivateRegistry.java");

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private PrivateRegistry hosted;
    private RegistryServer server;

    @BeforeEach
    void start() throws IOException {
        hosted = PrivateRegistry.open(store, "alice's password", "bob's password");
        server = hosted.server(0).start();
    }

    @AfterEach
    void stop() {
        server.close();
        hosted.close();
        store.close();
    }

    private Registry as(String name, String password) {
        return as(CredentialStore.of(server.uri().getAuthority(), Credentials.of(name, password)));
    }

    private Registry as(CredentialStore credentials) {
        return RemoteRegistry.at(
                server.uri().getAuthority(),
                RemoteOptions.builder().credentials(credentials).build());
    }

    private static void push(Registry registry, String repository) {
        registry.repository(RepositoryName.parse(repository))
                .blobs()
                .push(BlobSource.of(repository.getBytes(StandardCharsets.UTF_8)));
    }

    private static void pull(Registry registry, String repository) {
        var digest = Digest.sha256(repository.getBytes(StandardCharsets.UTF_8));
        registry.repository(RepositoryName.parse(repository))
                .blobs()
                .open(digest)
                .close();
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void eachTeamPushesWhatIsItsOwnAndEveryonePullsWhatIsPublic() {
        try (Registry alice = as("alice", "alice's password");
                Registry bob = as("bob", "bob's password");
                Registry anyone = as(CredentialStore.none());
                Registry guesser = as("bob", "alice's password")) {
            push(alice, "tools/linter");
            push(bob, "shop/web");

            pull(anyone, "tools/linter");
            pull(bob, "tools/linter");
            pull(bob, "shop/web");

            refused(ErrorCode.UNAUTHORIZED, () -> push(anyone, "tools/linter"));
            refused(ErrorCode.UNAUTHORIZED, () -> pull(anyone, "shop/web"));
            refused(ErrorCode.DENIED, () -> push(bob, "tools/linter"));
            refused(ErrorCode.DENIED, () -> pull(alice, "shop/web"));
            refused(ErrorCode.UNAUTHORIZED, () -> pull(guesser, "shop/web"));
        }
    }

    @Test
    void theRobotWorksForTheShopUntilItIsRemoved() {
        NewSecret robot = hosted.addBuildRobot();
        assertThat(robot.account()).isEqualTo("shop+ci");
        NewSecret next = hosted.changes().rotateRobot("shop+ci", Duration.ofHours(1));

        try (Registry before = as("shop+ci", robot.secret());
                Registry ci = as("shop+ci", next.secret())) {
            push(before, "shop/web");
            push(ci, "shop/api");
            pull(ci, "shop/web");
            refused(ErrorCode.DENIED, () -> push(ci, "tools/linter"));
            refused(ErrorCode.DENIED, () -> pull(ci, "other/app"));

            hosted.changes().removeRobot("shop+ci");
            refused(ErrorCode.UNAUTHORIZED, () -> push(ci, "shop/web"));
        }
    }

    @Test
    void whoLeavesTheTeamHasItsRightsNoMore() {
        try (Registry bob = as("bob", "bob's password")) {
            push(bob, "shop/web");

            hosted.changes().removeTeamMember("shop/developers", Grantee.user("bob"));

            refused(ErrorCode.DENIED, () -> pull(bob, "shop/web"));
        }
    }

    @Test
    void accountsStayInTheStore() throws IOException {
        server.close();
        hosted.close();
        hosted = PrivateRegistry.open(store, "ignored", "ignored");
        server = hosted.server(0).start();

        try (Registry alice = as("alice", "alice's password")) {
            push(alice, "tools/linter");
        }
    }

    @Test
    void takesLessThanAHundredLines() throws IOException {
        assertThat(Files.readAllLines(SOURCE)).hasSizeLessThan(100);
    }
}
