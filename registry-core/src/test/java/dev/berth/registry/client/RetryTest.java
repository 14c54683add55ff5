package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.client.http.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** How long is waited between attempts, and when there is no other one. Without waiting. */
final class RetryTest {
    private final List<Duration> slept = new ArrayList<>();

    private RetryAttempts tries(RetryPolicy policy, double random) {
        return new RetryAttempts(policy, new Backoff(slept::add, () -> random));
    }

    private static AttemptFailedException failure(Kind kind) {
        return AttemptFailedException.of(kind, RegistryException.of(ErrorCode.UNAVAILABLE, "no"));
    }

    private static AttemptFailedException failure(Duration retryAfter) {
        return AttemptFailedException.of(
                Kind.WITHOUT_EFFECT,
                RegistryException.builder(RegistryError.of(ErrorCode.TOOMANYREQUESTS, "slow down"))
                        .retryAfter(retryAfter)
                        .build());
    }

    @Test
    void doublesThePauseUpToTheLongest() throws Exception {
        RetryAttempts tries =
                tries(new RetryPolicy(7, Duration.ofMillis(100), Duration.ofMillis(1000), Duration.ofMinutes(1)), 1);

        for (int i = 0; i < 6; i++) {
            tries.awaitNext(failure(Kind.UNCERTAIN));
        }

        assertThat(slept)
                .containsExactly(
                        Duration.ofMillis(100),
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800),
                        Duration.ofMillis(1000),
                        Duration.ofMillis(1000));
        AttemptFailedException last = failure(Kind.UNCERTAIN);
        assertThatExceptionOfType(AttemptFailedException.class)
                .isThrownBy(() -> tries.awaitNext(last))
                .isSameAs(last);
    }

    @Test
    void pausesForARandomPart() throws Exception {
        RetryPolicy policy = new RetryPolicy(2, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1));

        tries(policy, 0).awaitNext(failure(Kind.UNCERTAIN));
        tries(policy, 0.5).awaitNext(failure(Kind.UNCERTAIN));

        assertThat(slept).containsExactly(Duration.ofMillis(50), Duration.ofMillis(75));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"FINAL", "GIVEN_UP"})
    void doesNotRetryFinalFailures(Kind kind) {
        assertThatExceptionOfType(AttemptFailedException.class)
                .isThrownBy(() -> tries(RetryPolicy.standard(), 0).awaitNext(failure(kind)));
        assertThat(slept).isEmpty();
    }

    @Test
    void waitsForTheRetryAfter() throws Exception {
        tries(new RetryPolicy(2, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofMinutes(1)), 1)
                .awaitNext(failure(Duration.ofSeconds(30)));

        assertThat(slept).containsExactly(Duration.ofSeconds(30), Duration.ofMillis(100));
    }

    @Test
    void failsAtOnceIfTheRetryAfterIsTooLong() {
        assertThatExceptionOfType(AttemptFailedException.class)
                .isThrownBy(() -> tries(RetryPolicy.standard(), 1).awaitNext(failure(Duration.ofHours(1))))
                .matches(e -> e.failure().retryAfter().equals(Optional.of(Duration.ofHours(1))));
        assertThat(slept).isEmpty();
    }

    @Test
    void startsCountingAgainAfterProgress() throws Exception {
        RetryAttempts tries =
                tries(new RetryPolicy(2, Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ZERO), 1);
        for (int i = 0; i < 10; i++) {
            tries.awaitNext(failure(Kind.UNCERTAIN));
            tries.madeProgress();
        }
        assertThat(slept).hasSize(10).containsOnly(Duration.ofMillis(100));
    }

    @Test
    void refusesAPolicyWithoutAnAttempt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPolicy(1, Duration.ofMillis(-1), Duration.ZERO, Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "120, 120",
        "0, 0",
        "' 7 ', 7",
        "'Thu, 01 Jan 1970 00:02:00 GMT', 120",
        "'Wed, 31 Dec 1969 23:59:00 GMT', 0",
        "999999999999999999, 31536000",
        "99999999999999999999, 31536000",
    })
    void readsRetryAfterInBothForms(String value, long seconds) {
        assertThat(RetryAfter.parse(value, Instant.EPOCH)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"-1", "soon", "''", "1.5"})
    void ignoresAMalformedRetryAfter(String value) {
        assertThat(RetryAfter.parse(value, Instant.EPOCH)).isEmpty();
    }
}
