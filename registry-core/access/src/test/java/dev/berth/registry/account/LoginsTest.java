package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.server.Caller;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Guessing is limited by name and address, and locks nobody else out. */
class LoginsTest {
    private static final Accounts ALICE_AND_BOB = new Accounts() {
        @Override
        public Optional<Account> authenticate(String name, String password) {
            return find(name).filter(account -> password.equals("right"));
        }

        @Override
        public Optional<Account> find(String name) {
            return name.equals("alice") || name.equals("bob")
                    ? Optional.of(Account.of(Caller.named(name), "1"))
                    : Optional.empty();
        }

        @Override
        public boolean isOwnSecret(String password) {
            return password.startsWith("a secret of");
        }
    };

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private Logins logins;

    @BeforeEach
    void setUp() {
        logins = Logins.of(ALICE_AND_BOB, event -> {}, now::get);
    }

    /** Returns why an attempt was refused, or empty if it was not. */
    private Optional<ErrorCode> attempt(String name, String password, String address) throws UnknownHostException {
        try {
            logins.login(name, password, AuditOrigin.ofClient(Optional.of(InetAddress.getByName(address))));
            return Optional.empty();
        } catch (RegistryException e) {
            return Optional.of(e.code());
        }
    }

    private void guess(int times, String name, String address) throws UnknownHostException {
        for (int i = 0; i < times; i++) {
            assertThat(attempt(name, "wrong " + i, address)).contains(ErrorCode.UNAUTHORIZED);
        }
    }

    @Test
    void refuseFurtherAttemptsForThisNameFromThisAddress() throws UnknownHostException {
        guess(Logins.MOST_FAILURES, "alice", "192.0.2.1");

        assertThatThrownBy(() -> logins.login(
                        "alice", "right", AuditOrigin.ofClient(Optional.of(InetAddress.getByName("192.0.2.1")))))
                .isInstanceOf(RegistryException.class)
                .satisfies(e -> {
                    RegistryException refusal = (RegistryException) e;
                    assertThat(refusal.code()).isEqualTo(ErrorCode.TOOMANYREQUESTS);
                    assertThat(refusal.retryAfter()).contains(Duration.ofMinutes(1));
                });
        assertThat(attempt("alice", "right", "192.0.2.2")).isEmpty();
        assertThat(attempt("bob", "right", "192.0.2.1")).isEmpty();

        now.set(now.get().plus(Duration.ofMinutes(1)));
        assertThat(attempt("alice", "right", "192.0.2.1")).isEmpty();
    }

    @Test
    void countTheSamePasswordOnce() throws UnknownHostException {
        for (int i = 0; i < 100; i++) {
            assertThat(attempt("alice", "a password of last year", "192.0.2.1")).contains(ErrorCode.UNAUTHORIZED);
        }

        assertThat(attempt("alice", "right", "192.0.2.1")).isEmpty();
    }

    @Test
    void countNamesThatDoNotExistAsThoseThatDo() throws UnknownHostException {
        guess(Logins.MOST_FAILURES, "nobody", "192.0.2.1");

        assertThat(attempt("nobody", "right", "192.0.2.1")).contains(ErrorCode.TOOMANYREQUESTS);
    }

    @Test
    void countTheNetworkOfAnIpv6Address() throws UnknownHostException {
        guess(Logins.MOST_FAILURES, "alice", "2001:db8:1:2::1");

        assertThat(attempt("alice", "right", "2001:db8:1:2:ffff::2")).contains(ErrorCode.TOOMANYREQUESTS);
        assertThat(attempt("alice", "right", "2001:db8:1:3::1")).isEmpty();
    }

    @Test
    void countAllWaysToWriteAName() throws UnknownHostException {
        String[] ways = {
            "alice",
            "ALICE",
            "alice ",
            " alice",
            "al ice",
            "\uff41lice",
            "a\u00adlice",
            "alice\u200b",
            "CORP\\alice",
            "Alice  "
        };
        for (int i = 0; i < Logins.MOST_FAILURES; i++) {
            assertThat(attempt(ways[i], "wrong " + i, "192.0.2.1")).contains(ErrorCode.UNAUTHORIZED);
        }

        assertThat(attempt("alice", "right", "192.0.2.1")).contains(ErrorCode.TOOMANYREQUESTS);
    }

    @Test
    void doNotForgetGuessesForAttemptsThatCostNothing() throws UnknownHostException {
        guess(Logins.MOST_FAILURES, "alice", "192.0.2.1");
        for (int i = 0; i < 10_001; i++) {
            attempt("x".repeat(300) + i, "wrong", "192.0.2.1");
            attempt("x" + i, "a secret of robots", "192.0.2.1");
        }

        assertThat(attempt("alice", "right", "192.0.2.1")).contains(ErrorCode.TOOMANYREQUESTS);
    }

    @Test
    void doNotRefuseForLongerBecauseTheClockWasSetBack() throws UnknownHostException {
        guess(Logins.MOST_FAILURES, "alice", "192.0.2.1");
        now.set(now.get().minus(Duration.ofHours(1)));

        assertThat(attempt("alice", "right", "192.0.2.1")).isEmpty();
        guess(Logins.MOST_FAILURES, "alice", "192.0.2.1");
        assertThat(attempt("alice", "right", "192.0.2.1")).contains(ErrorCode.TOOMANYREQUESTS);
    }
}
