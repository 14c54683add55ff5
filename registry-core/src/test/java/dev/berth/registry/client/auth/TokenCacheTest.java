package dev.berth.registry.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.internal.wire.ScopeSet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One token for each set of scopes, until it expires or is refused, whoever needs it. */
@Timeout(60)
final class TokenCacheTest {
    private static final ScopeSet PULL = ScopeSet.pull(RepositoryName.parse("a/b"));
    private static final ScopeSet PUSH = ScopeSet.push(RepositoryName.parse("a/b"));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final AtomicInteger fetched = new AtomicInteger();
    private final TokenCache cache = new TokenCache(now::get);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    private Token token(int seconds) {
        String body = "{\"token\":\"t" + fetched.incrementAndGet() + "\",\"expires_in\":" + seconds + "}";
        return Token.parse(body.getBytes(StandardCharsets.UTF_8), now.get());
    }

    @Test
    void keepsATokenUntilShortlyBeforeItsEnd() throws Exception {
        assertThat(cache.get(PULL, scopes -> token(300)).value()).isEqualTo("t1");
        now.set(Instant.EPOCH.plusSeconds(289));
        assertThat(cache.get(PULL, scopes -> token(300)).value()).isEqualTo("t1");
        now.set(Instant.EPOCH.plusSeconds(291));
        assertThat(cache.get(PULL, scopes -> token(300)).value()).isEqualTo("t2");
    }

    @Test
    void keepsOneForEachSetOfScopes() throws Exception {
        assertThat(cache.get(PULL, scopes -> token(300)).value()).isEqualTo("t1");
        assertThat(cache.get(PUSH, scopes -> token(300)).value()).isEqualTo("t2");
        assertThat(cache.get(ScopeSet.parse("repository:a/b:pull"), scopes -> token(300))
                        .value())
                .isEqualTo("t1");
        assertThat(cache.get(ScopeSet.parse("repository:a/b:push,pull"), scopes -> token(300))
                        .value())
                .isEqualTo("t2");
    }

    @Test
    void asksOnceForAllThatNeedTheSameAtTheSameTime() throws Exception {
        int count = 32;
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        TokenCache.Fetcher slow = scopes -> {
            asking.countDown();
            awaitUninterruptibly(answer);
            return token(300);
        };
        List<Future<String>> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(threads.submit(() -> cache.get(PULL, slow).value()));
        }
        asking.await();
        answer.countDown();

        for (Future<String> each : all) {
            assertThat(each.get()).isEqualTo("t1");
        }
        assertThat(fetched).hasValue(1);
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void replacesATokenThatWasRefusedOnceHoweverManyWereRefusedIt() throws Exception {
        Token refused = cache.get(PULL, scopes -> token(300));

        cache.refused(PULL, refused, ScopeSet.none());
        assertThat(cache.get(PULL, scopes -> token(300)).value()).isEqualTo("t2");
        cache.refused(PULL, refused, ScopeSet.none());

        assertThat(cache.get(PULL, scopes -> token(300)).value()).isEqualTo("t2");
    }

    @Test
    void asksForWhatTheRegistryWantsBesides() throws Exception {
        Token refused = cache.get(PULL, scopes -> token(300));
        cache.refused(PULL, refused, ScopeSet.parse("repository:a/b:push registry:catalog:*"));
        AtomicReference<ScopeSet> asked = new AtomicReference<>();

        cache.get(PULL, scopes -> {
            asked.set(scopes);
            return token(300);
        });

        assertThat(asked.get()).hasToString("registry:catalog:* repository:a/b:pull,push");
    }

    @Test
    void letsTheNextOneTryAfterAFailure() throws Exception {
        AttemptFailedException failure = AttemptFailedException.of(
                AttemptFailedException.Kind.FINAL, RegistryException.of(ErrorCode.UNAUTHORIZED, "no"));
        assertThatExceptionOfType(AttemptFailedException.class)
                .isThrownBy(() -> cache.get(PULL, scopes -> {
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(cache.get(PULL, scopes -> token(300)).value()).isEqualTo("t1");
    }

    @Test
    void doesNotMakeOthersFailWhenTheOneWhoAsksIsInterrupted() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        Thread first = new Thread(() -> {
            try {
                cache.get(PULL, scopes -> {
                    asking.countDown();
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        throw AttemptFailedException.interrupted("ask", e);
                    }
                    return token(300);
                });
            } catch (AttemptFailedException | InterruptedException e) {
                return;
            }
        });
        first.start();
        asking.await();
        Future<String> second =
                threads.submit(() -> cache.get(PULL, scopes -> token(300)).value());

        first.interrupt();

        assertThat(second.get()).isEqualTo("t1");
    }

    @Test
    void doesNotGrowWithoutEnd() throws Exception {
        for (int i = 0; i < 3000; i++) {
            cache.get(ScopeSet.pull(RepositoryName.parse("r" + i)), scopes -> token(300));
        }
        int before = fetched.get();

        cache.get(ScopeSet.pull(RepositoryName.parse("r2999")), scopes -> token(300));
        assertThat(fetched).hasValue(before);
        cache.get(ScopeSet.pull(RepositoryName.parse("r0")), scopes -> token(300));
        assertThat(fetched).hasValue(before + 1);
    }

    @Test
    void countsShortAndMissingLivesAsTheSpecificationSays() {
        Token without = Token.parse("{\"access_token\":\"x\"}".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        assertThat(without.isValid(Instant.EPOCH.plusSeconds(49))).isTrue();
        assertThat(without.isValid(Instant.EPOCH.plusSeconds(51))).isFalse();
        Token brief = Token.parse("{\"token\":\"x\",\"expires_in\":4}".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        assertThat(brief.isValid(Instant.EPOCH.plusSeconds(2))).isTrue();
        assertThat(brief.isValid(Instant.EPOCH.plusSeconds(3))).isFalse();
        Token absurd =
                Token.parse("{\"token\":\"x\",\"expires_in\":1e300}".getBytes(StandardCharsets.UTF_8), Instant.EPOCH);
        assertThat(absurd.isValid(Instant.EPOCH.plus(Duration.ofDays(300)))).isTrue();
        assertThat(without.toString()).doesNotContain("x");
    }
}
