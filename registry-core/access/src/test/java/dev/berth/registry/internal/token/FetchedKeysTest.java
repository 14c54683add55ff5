package dev.berth.registry.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Keys that another server has are fetched when they are needed, and never once for each bad token. */
class FetchedKeysTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<FetchedKeys.Fetch> there = new AtomicReference<>(() -> keys("one"));
    private final FetchedKeys keys = new FetchedKeys(
            "the issuer",
            () -> {
                fetches.incrementAndGet();
                return there.get().fetch();
            },
            now::get);

    private static TrustedKeys keys(String... ids) {
        List<JWK> keys = new ArrayList<>();
        for (String id : ids) {
            try {
                keys.add(new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK());
            } catch (JOSEException e) {
                throw new AssertionError(e);
            }
        }
        return TrustedKeys.of(keys);
    }

    private boolean has(String id) {
        return !keys.find(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(id).build())
                .isEmpty();
    }

    private void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    @Test
    void aNewKeyIsFetchedAtOnceAndBadTokensAreNot() {
        assertThat(has("one")).isTrue();
        assertThat(has("one")).isTrue();
        assertThat(fetches).hasValue(1);

        there.set(() -> keys("one", "two"));
        assertThat(has("two")).isTrue();
        assertThat(fetches).hasValue(2);

        for (int i = 0; i < 1_000; i++) {
            assertThat(has("bad" + i)).isFalse();
        }
        assertThat(fetches).hasValue(3);

        there.set(() -> keys("two", "three"));
        assertThat(has("three")).isFalse();
        pass(Duration.ofSeconds(30));
        assertThat(has("three")).isTrue();
        assertThat(has("one")).isFalse();
    }

    @Test
    void aKeyThatIsGoneEndsWithinFiveMinutes() {
        assertThat(has("one")).isTrue();
        there.set(() -> keys("two"));
        pass(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(has("one")).isTrue();
        pass(Duration.ofSeconds(1));
        assertThat(has("one")).isFalse();
        assertThat(has("two")).isTrue();
    }

    @Test
    void knownKeysStayGoodWhileTheyCannotBeFetched() {
        assertThat(has("one")).isTrue();
        there.set(() -> {
            throw new IOException("Nobody answers");
        });
        pass(Duration.ofDays(1));
        for (int i = 0; i < 100; i++) {
            assertThat(has("one")).isTrue();
        }
        assertThat(fetches).hasValue(2);
        assertThatThrownBy(() -> has("two"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE))
                .hasMessageContaining("The keys of the issuer cannot be fetched")
                .hasMessageContaining("Nobody answers");
        assertThat(fetches).hasValue(2);

        there.set(() -> keys("two"));
        pass(Duration.ofSeconds(30));
        assertThat(has("two")).isTrue();
    }

    @Test
    void withoutAnyKeysTheAnswerIsThatTheyAreUnavailable() {
        there.set(() -> {
            throw new IllegalStateException("broken");
        });
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> has("one"))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("an internal failure")
                    .hasMessageNotContaining("broken");
        }
        assertThat(fetches).hasValue(1);

        there.set(() -> keys("one"));
        pass(Duration.ofSeconds(5));
        assertThat(has("one")).isTrue();
    }

    @Test
    void manyWhoNeedAKeyWaitForOneFetchAndWhoeverHasOneDoesNot() throws Exception {
        assertThat(has("one")).isTrue();
        TrustedKeys next = keys("one", "two");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        there.set(() -> {
            begun.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return next;
        });
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<Boolean>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(threads.submit(() -> has("two")));
            }
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            pass(Duration.ofMinutes(10));
            assertThat(has("one")).isTrue();
            answer.countDown();
            for (Future<Boolean> each : waiting) {
                assertThat(each.get(10, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(fetches).hasValue(2);
        } finally {
            answer.countDown();
            threads.shutdownNow();
        }
    }
}
