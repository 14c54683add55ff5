package dev.berth.registry.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.HtpasswdFile;
import dev.berth.registry.account.Passwords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Figures that only mean something on a machine that does nothing else: with {@code -Dberth.it.timing=true}. */
@EnabledIfSystemProperty(named = "berth.it.timing", matches = "true")
class LoginTimesTest {
    private static final int SAMPLES = 60;
    private static final int GUESSERS = 300;
    private static final String MANIFEST = "/v2/alice/app/manifests/1";

    @TempDir
    private Path directory;

    private static long median(List<Long> nanos) {
        Collections.sort(nanos);
        return nanos.get(nanos.size() / 2);
    }

    private static long timed(Runnable action) {
        long start = System.nanoTime();
        action.run();
        return System.nanoTime() - start;
    }

    @Test
    void anUnknownNameTakesTheTimeOfAWrongPassword() throws IOException {
        Path file = directory.resolve("htpasswd");
        Files.writeString(file, "alice:" + Passwords.hash("right", 10) + "\nbob:" + Passwords.hash("x", 5) + "\n");
        Accounts accounts = HtpasswdFile.open(file);
        List<Long> wrong = new ArrayList<>();
        List<Long> unknown = new ArrayList<>();
        for (int i = 0; i < SAMPLES; i++) {
            String password = "wrong " + i;
            wrong.add(timed(() -> accounts.authenticate("alice", password)));
            unknown.add(timed(() -> accounts.authenticate("nobody", password)));
        }

        double ratio = (double) median(unknown) / median(wrong);
        System.out.printf(
                "wrong password %.1f ms, unknown name %.1f ms (medians of %d), ratio %.3f%n",
                median(wrong) / 1e6, median(unknown) / 1e6, SAMPLES, ratio);
        assertThat(ratio).isBetween(0.9, 1.1);
    }

    @Test
    void fiftyRequestsASecondWithBasicOverCostTwelve() throws Exception {
        try (PrivateRegistry there = new PrivateRegistry(directory)) {
            Files.writeString(there.htpasswd, "alice:" + Passwords.hash("alice's", 12) + "\n");
            String basic = PrivateRegistry.basic("alice", "alice's");
            long first = timed(() -> there.get(MANIFEST, "Authorization", basic));
            long all = timed(() -> {
                for (int i = 0; i < 500; i++) {
                    assertThat(there.get(MANIFEST, "Authorization", basic).statusCode())
                            .isEqualTo(200);
                }
            });
            System.out.printf(
                    "Basic over bcrypt of cost 12: first %.0f ms, then %.0f requests a second%n",
                    first / 1e6, 500 / (all / 1e9));
            assertThat(Duration.ofNanos(all)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void othersWorkDuringAThousandWrongPasswordsASecond() throws Exception {
        try (PrivateRegistry there = new PrivateRegistry(directory)) {
            Files.writeString(there.htpasswd, "alice:" + Passwords.hash("alice's", 12) + "\n");
            String basic = PrivateRegistry.basic("alice", "alice's");
            there.get(MANIFEST, "Authorization", basic);
            AtomicBoolean over = new AtomicBoolean();
            AtomicInteger refused = new AtomicInteger();
            ExecutorService guessers = Executors.newFixedThreadPool(GUESSERS);
            for (int g = 0; g < GUESSERS; g++) {
                int guesser = g;
                guessers.execute(() -> {
                    for (int i = 0; !over.get(); i++) {
                        int status = there.get(
                                        "/v2/", "Authorization", PrivateRegistry.basic("user" + guesser, "w" + i))
                                .statusCode();
                        assertThat(status).isIn(401, 429, 503);
                        refused.incrementAndGet();
                    }
                });
            }
            List<Long> times = new ArrayList<>();
            long start = System.nanoTime();
            while (System.nanoTime() - start < TimeUnit.SECONDS.toNanos(10)) {
                times.add(timed(() -> assertThat(
                                there.get(MANIFEST, "Authorization", basic).statusCode())
                        .isEqualTo(200)));
            }
            over.set(true);
            guessers.shutdown();
            guessers.awaitTermination(30, TimeUnit.SECONDS);
            System.out.printf(
                    "%d wrong passwords a second; others: %d requests a second, median %.1f ms%n",
                    refused.get() / 10, times.size() / 10, median(times) / 1e6);
        }
    }
}
