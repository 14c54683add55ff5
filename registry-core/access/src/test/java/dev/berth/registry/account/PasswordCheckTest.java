package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What is remembered of passwords. */
class PasswordCheckTest {
    private static final PasswordHash HASH = PasswordHash.of("right", 4);
    private static final PasswordHash DUMMY = PasswordHash.of("", 4);

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final VerifiedPasswords verified = new VerifiedPasswords(now::get, Duration.ofMinutes(5));
    private final List<Integer> costs = new CopyOnWriteArrayList<>();
    private final PasswordCheck check = new PasswordCheck(verified, 1, Duration.ofSeconds(20), (hash, password) -> {
        costs.add(hash.cost());
        return hash.matches(password);
    });

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

    /** So that nobody finds out by the time which names are known: each is one hash, as costly as the other. */
    @Test
    void anUnknownNameAWrongPasswordAndOneThatIsTooLongAreOneHashEach() {
        for (String password :
                List.of("wrong", "", "right" + "x".repeat(PasswordHash.MAX_PASSWORD_BYTES), "x".repeat(10_000))) {
            for (Optional<PasswordHash> hash : List.of(Optional.of(HASH), Optional.<PasswordHash>empty())) {
                costs.clear();
                assertThat(check.matches("alice", password, hash, DUMMY)).isFalse();
                assertThat(costs).as(password).containsExactly(4);
            }
        }
    }

    @Test
    void manyRequestsWithTheSamePasswordAreOneHash() throws Exception {
        ExecutorService requests = Executors.newFixedThreadPool(16);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                answers.add(requests.submit(() -> check.matches("alice", "right", Optional.of(HASH), DUMMY)));
            }
            for (Future<Boolean> answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        } finally {
            requests.shutdownNow();
        }

        assertThat(costs).hasSize(1);
    }

    /** A flood of guesses occupies the processors that passwords may have, and nobody who is known waits for them. */
    @Test
    void whoIsRememberedDoesNotWaitForGuesses() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch hashing = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        PasswordCheck slow = new PasswordCheck(verified, 1, Duration.ofMillis(20), (hash, password) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            hashing.countDown();
            awaitQuietly(over);
            running.decrementAndGet();
            return false;
        });
        check.matches("alice", "right", Optional.of(HASH), DUMMY);
        ExecutorService guesses = Executors.newCachedThreadPool();
        try {
            for (int i = 0; i < 20; i++) {
                String guess = "guess " + i;
                guesses.execute(() -> {
                    try {
                        slow.matches("alice", guess, Optional.of(HASH), DUMMY);
                    } catch (RegistryException e) {
                        // Too many: that is what a flood is answered with.
                    }
                });
            }
            hashing.await();

            assertThat(slow.matches("alice", "right", Optional.of(HASH), DUMMY)).isTrue();
            assertThatThrownBy(() -> slow.matches("bob", "x", Optional.empty(), DUMMY))
                    .isInstanceOf(RegistryException.class)
                    .satisfies(e -> {
                        assertThat(((RegistryException) e).code()).isEqualTo(ErrorCode.UNAVAILABLE);
                        assertThat(((RegistryException) e).retryAfter()).isPresent();
                    });
        } finally {
            over.countDown();
            guesses.shutdown();
            assertThat(guesses.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void noMoreThanAHundredWait() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger refused = new AtomicInteger();
        PasswordCheck stuck = new PasswordCheck(verified, 1, Duration.ofMinutes(1), (hash, password) -> {
            awaitQuietly(over);
            return false;
        });
        int guesses = 2 * PasswordCheck.MOST_WAITING;
        ExecutorService threads = Executors.newFixedThreadPool(guesses);
        CountDownLatch most = new CountDownLatch(guesses - PasswordCheck.MOST_WAITING - 1);
        try {
            for (int i = 0; i < guesses; i++) {
                threads.execute(() -> {
                    try {
                        stuck.matches("nobody", "x", Optional.empty(), DUMMY);
                    } catch (RegistryException e) {
                        refused.incrementAndGet();
                        most.countDown();
                    }
                });
                // One after another, so that the number of those that wait is exact.
                while (stuck.waiting() + refused.get() < i) {
                    Thread.onSpinWait();
                }
            }
            assertThat(most.await(20, TimeUnit.SECONDS)).isTrue();
        } finally {
            over.countDown();
            threads.shutdown();
            assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(refused).hasValue(guesses - PasswordCheck.MOST_WAITING - 1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
