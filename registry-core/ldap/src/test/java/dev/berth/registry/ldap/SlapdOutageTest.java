package dev.berth.registry.ldap;

import static dev.berth.registry.ldap.SlapdServer.password;
import static dev.berth.registry.ldap.SlapdServer.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While the directory is down or hangs, who is known goes on, and nobody else is let in or told that a password is wrong. */
@Timeout(30)
class SlapdOutageTest {
    private static final int CONNECTIONS = 3;

    @TempDir
    private static Path directory;

    private static SlapdServer slapd;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private LdapAccounts accounts;

    @BeforeAll
    static void startSlapd() throws Exception {
        slapd = SlapdServer.start(directory);
        slapd.addGroup("engineers", person("alice"));
    }

    @AfterAll
    static void stopSlapd() throws InterruptedException {
        if (slapd != null) {
            slapd.close();
        }
    }

    @BeforeEach
    void setUp() throws Exception {
        accounts = LdapAccounts.open(slapd.options()
                .connections(CONNECTIONS)
                .connectTimeout(Duration.ofMillis(300))
                .responseTimeout(Duration.ofMillis(300))
                .deadline(Duration.ofSeconds(1))
                .clock(now::get)
                .build());
    }

    @AfterEach
    void tearDown() {
        accounts.close();
    }

    private void later(Duration time) {
        now.set(now.get().plus(time));
    }

    private void assertLetIn(String name) {
        assertThat(accounts.authenticate(name, password(name))).as(name).isPresent();
    }

    private void assertUnavailable(String name, String password) {
        assertThatThrownBy(() -> accounts.authenticate(name, password))
                .isInstanceOf(RegistryException.class)
                .satisfies(e -> {
                    RegistryException refusal = (RegistryException) e;
                    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(refusal.retryAfter()).isPresent();
                });
    }

    private void assertOutage() {
        later(Duration.ofSeconds(6));
        assertLetIn("alice");
        assertThat(accounts.find("ldap:alice").orElseThrow().caller().groups()).containsExactly("ldap:engineers");
        assertUnavailable("alice", "wrong");
        assertUnavailable("bob", password("bob"));
        later(Duration.ofMinutes(4));
        assertLetIn("alice");
        later(Duration.ofMinutes(2));
        assertUnavailable("alice", password("alice"));
        assertThatThrownBy(() -> accounts.find("ldap:alice")).isInstanceOf(RegistryException.class);
        assertThat(accounts.find("alice")).as("an account of another source").isEmpty();
    }

    @Test
    void keepsWhoIsKnownWhileTheDirectoryIsDown() throws Exception {
        assertLetIn("alice");

        slapd.kill();
        try {
            assertOutage();
        } finally {
            slapd.run();
        }

        later(Duration.ofSeconds(3));
        assertLetIn("alice");
        assertLetIn("bob");
        assertThat(accounts.authenticate("alice", "wrong")).isEmpty();
    }

    @Test
    void keepsWhoIsKnownWhileTheDirectoryHangs() throws Exception {
        assertLetIn("alice");

        slapd.hang();
        try {
            assertOutage();
        } finally {
            slapd.goOn();
        }

        later(Duration.ofSeconds(3));
        assertLetIn("alice");
        assertLetIn("bob");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void waitsWithFewThreadsForADirectoryThatHangs(boolean sameName) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(40);
        slapd.hang();
        try {
            List<Future<?>> logins = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                String name = sameName ? "bob" : "user" + i;
                logins.add(clients.submit(() -> assertUnavailable(name, "password")));
            }
            for (Future<?> login : logins) {
                login.get();
            }
            assertThat(Thread.getAllStackTraces().keySet().stream()
                            .filter(thread -> thread.getName().startsWith("berth-ldap")
                                    && thread.getThreadGroup()
                                            == Thread.currentThread().getThreadGroup()))
                    .hasSizeLessThanOrEqualTo(CONNECTIONS + 1);
        } finally {
            slapd.goOn();
            clients.shutdownNow();
        }
        later(Duration.ofSeconds(3));
        assertLetIn("bob");
    }

    @Test
    void usesAConnectionThatTheServerClosed() throws Exception {
        assertLetIn("alice");

        slapd.kill();
        slapd.run();

        assertLetIn("bob");
        assertLetIn("carol");
    }

    @Test
    void asksAnotherServerIfOneDoesNotAnswer() throws Exception {
        accounts.close();
        accounts = LdapAccounts.open(LdapOptions.builder(java.net.URI.create("ldaps://localhost:1"), slapd.tlsUrl())
                .certificates(slapd.authority())
                .searchIdentity(SlapdServer.SEARCHER, SlapdServer.SEARCHER_PASSWORD)
                .userBase(SlapdServer.PEOPLE)
                .clock(now::get)
                .build());

        assertLetIn("alice");
        assertLetIn("bob");
        assertThat(accounts.authenticate("alice", "wrong")).isEmpty();
    }

    @Test
    void opensWhileTheDirectoryIsDown() throws Exception {
        slapd.kill();
        try {
            assertThat(accounts.problem()).isPresent();
        } finally {
            slapd.run();
        }
        later(Duration.ofSeconds(3));
        assertThat(accounts.problem()).isEmpty();
    }
}
