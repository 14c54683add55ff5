package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is remembered of passwords. */
class PasswordCheckTest {
    private static final PasswordHash HASH = PasswordHash.of("right", 4);
    private static final PasswordHash DUMMY = PasswordHash.of("", 4);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final VerifiedPasswords verified = new VerifiedPasswords(now::get, Duration.ofMinutes(5));
    private final PasswordCheck check = new PasswordCheck(verified, 1);

    private boolean isRemembered(String name, String password, PasswordHash hash) {
        return verified.contains(verified.key(name, password), hash);
    }

    @Test
    void aRightPasswordIsRememberedForFiveMinutes() {
        assertThat(check.matches("alice", "right", Optional.of(HASH), DUMMY)).isTrue();

        assertThat(isRemembered("alice", "right", HASH)).isTrue();
        now.set(now.get().plus(Duration.ofMinutes(5)));
        assertThat(isRemembered("alice", "right", HASH)).isFalse();
    }

    @Test
    void aWrongPasswordIsNotRemembered() {
        assertThat(check.matches("alice", "wrong", Optional.of(HASH), DUMMY)).isFalse();

        assertThat(isRemembered("alice", "wrong", HASH)).isFalse();
    }

    @Test
    void aPasswordIsNotRememberedForAnotherHashOrName() {
        check.matches("alice", "right", Optional.of(HASH), DUMMY);

        assertThat(isRemembered("alice", "right", PasswordHash.of("right", 4))).isFalse();
        assertThat(isRemembered("bob", "right", HASH)).isFalse();
        assertThat(isRemembered("alicer", "ight", HASH)).isFalse();
    }

    @Test
    void nobodyHasTheDummyAsPassword() {
        assertThat(check.matches("nobody", "", Optional.empty(), DUMMY)).isFalse();
    }

    @Test
    void nothingIsPrintedOfAHash() {
        assertThat(HASH).hasToString("bcrypt hash of cost 4");
    }
}
