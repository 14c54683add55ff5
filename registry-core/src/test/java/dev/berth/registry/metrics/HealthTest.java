package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HealthTest {
    private final AtomicLong now = new AtomicLong();
    private final AtomicBoolean broken = new AtomicBoolean();
    private final HealthCheck check = () -> {
        if (broken.get()) {
            throw new UnhealthyException("It is broken");
        }
    };

    private Health health(HealthCheck made, CheckSchedule schedule) {
        return Health.builder().nanoTime(now::get).check("part", made, schedule).build();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void whatWasNeverCheckedIsNotReadyButServes() {
        Health health = health(check, CheckSchedule.defaults());
        assertThat(health.failures()).isEmpty();
        assertThat(health.unreadiness()).containsOnlyKeys("part");
        health.checkNow();
        assertThat(health.unreadiness()).isEmpty();
    }

    @Test
    void aFailureIsShownUntilTheCheckSucceeds() {
        Health health = health(check, CheckSchedule.defaults());
        broken.set(true);
        health.checkNow();
        assertThat(health.failures()).isEqualTo(Map.of("part", "It is broken"));
        assertThat(health.unreadiness()).isEqualTo(Map.of("part", "It is broken"));
        broken.set(false);
        health.checkNow();
        assertThat(health.failures()).isEmpty();
    }

    @Test
    void asManyFailuresAsTheThresholdCount() {
        Health health = health(check, CheckSchedule.defaults().failingAfter(3));
        broken.set(true);
        health.checkNow();
        health.checkNow();
        assertThat(health.failures()).isEmpty();
        broken.set(false);
        health.checkNow();
        broken.set(true);
        health.checkNow();
        health.checkNow();
        assertThat(health.failures()).isEmpty();
        health.checkNow();
        assertThat(health.failures()).hasSize(1);
    }

    @Test
    void theTextOfAnUnknownExceptionIsNotShown() {
        Health health = health(
                () -> {
                    throw Expected.failure(new IOException("/secret/path"));
                },
                CheckSchedule.defaults());
        health.checkNow();
        assertThat(health.failures().get("part")).isEqualTo("The check has failed; the log of the server says why");
    }

    @Test
    void aReadinessCheckLetsTheApiBeServed() {
        broken.set(true);
        Health health = Health.builder()
                .readinessCheck("disk", check, CheckSchedule.defaults())
                .build();
        health.checkNow();
        assertThat(health.failures()).isEmpty();
        assertThat(health.unreadiness()).isEqualTo(Map.of("disk", "It is broken"));
    }

    @Test
    void aCheckThatIsTooSlowHasFailed() {
        Health health = health(() -> pass(Duration.ofSeconds(11)), CheckSchedule.defaults());
        health.checkNow();
        assertThat(health.failures()).isEqualTo(Map.of("part", "There was no answer within 10 seconds"));
    }

    @Test
    void aCheckThatHangsHasFailedAndAskingDoesNotHang() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Health health = health(
                () -> {
                    begun.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                },
                CheckSchedule.defaults().failingAfter(2));
        health.start();
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(health.failures()).isEmpty();
        assertThat(health.unreadiness()).containsKey("part");
        pass(Duration.ofSeconds(15));
        assertThat(health.failures()).isEmpty();
        pass(Duration.ofSeconds(6));
        assertThat(health.failures()).isEqualTo(Map.of("part", "There was no answer within 10 seconds"));
        health.close();
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void oneCheckThatHangsDoesNotKeepOthersFromBeingMade() throws Exception {
        CountDownLatch made = new CountDownLatch(3);
        try (Health health = Health.builder()
                .check("hangs", () -> new CountDownLatch(1).await(), CheckSchedule.defaults())
                .check("works", made::countDown, CheckSchedule.defaults().every(Duration.ofMillis(1)))
                .build()) {
            health.start();
            health.start();
            assertThat(made.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatFailsIsAMetric() {
        Metrics metrics = new Metrics();
        Health health = health(check, CheckSchedule.defaults());
        health.addTo(metrics);
        assertThat(metrics.toText()).contains("registry_health_check_up{check=\"part\"} 1\n");
        broken.set(true);
        health.checkNow();
        assertThat(metrics.toText()).contains("registry_health_check_up{check=\"part\"} 0\n");
    }

    @Test
    void theGateClosesTheApiOnly() throws Exception {
        Health health = health(check, CheckSchedule.defaults());
        RegistryHandler handler = RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
                .filter(health.gate())
                .route("/livez", DebugHandlers.alive())
                .build()
                .handler();
        assertThat(status(handler, "/v2/")).isEqualTo(200);
        broken.set(true);
        health.checkNow();
        assertThat(status(handler, "/v2/")).isEqualTo(503);
        assertThat(status(handler, "/v2")).isEqualTo(503);
        assertThat(status(handler, "/v2/a/manifests/1")).isEqualTo(503);
        assertThat(status(handler, "/livez")).isEqualTo(200);
        broken.set(false);
        health.checkNow();
        assertThat(status(handler, "/v2/")).isEqualTo(200);
    }

    private static int status(RegistryHandler handler, String path) throws IOException {
        try (RegistryResponse response =
                handler.handle(RegistryRequest.builder("GET", path).build())) {
            return response.status();
        }
    }

    @Test
    void badNamesAndSchedulesAreRefused() {
        Health.Builder builder = Health.builder().check("a", check, CheckSchedule.defaults());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.readinessCheck("a", check, CheckSchedule.defaults()));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.check(" ", check, CheckSchedule.defaults()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckSchedule.defaults().every(Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CheckSchedule.defaults().failingAfter(0));
    }
}
