package dev.berth.registry.mirror.replication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The threads of a replication that was started. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ReplicationThreadsTest {
    private final Place here = new Place("here", 1);
    private final Place there = new Place("there", 2);

    private Replication pushing(Registry other) {
        Replication replication = Replication.builder(here.registry, here.store)
                .rule(ReplicationRule.builder("there").deletions(true).build(), other)
                .backoff(Duration.ofMillis(50), Duration.ofMillis(200))
                .build();
        here.listeners.add(replication::onEvent);
        return replication;
    }

    private static void await(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private boolean same() {
        return there.tags().equals(here.tags());
    }

    @Test
    void fillUpAndCarryOverWhatChanges() throws Exception {
        for (int i = 0; i < 20; i++) {
            here.push("team/app-" + i % 3, "tag-" + i);
        }
        try (Replication replication = pushing(there.registry)) {
            replication.start();
            await(this::same);
            for (int i = 0; i < 20; i++) {
                here.push("team/app-" + i % 3, "tag-" + i);
            }
            here.delete("team/app-0", "tag-3");
            await(this::same);
            await(() -> replication.status().get(0).queued() == 0);
            there.requireComplete();
        }
    }

    @Test
    void goOnWhenTheTargetIsBack() throws Exception {
        Link link = new Link(there.registry);
        link.cut(true);
        try (Replication replication = pushing(link.registry)) {
            replication.start();
            here.push("team/app", "1");
            await(() -> replication.status().get(0).failing() > 0);
            link.cut(false);
            await(this::same);
        }
    }

    @Test
    void endWithACloseInTheMiddleOfACopy() throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        Link link = new Link(there.registry);
        link.before(() -> {
            reached.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw RegistryException.of(ErrorCode.UNAVAILABLE, "It was interrupted");
            }
        });
        here.push("team/app", "1");
        Replication replication = pushing(link.registry);
        replication.start();
        reached.await();
        replication.close();
        replication.close();
        assertThat(replication.status().get(0).failures()).isEmpty();
        assertThatThrownBy(replication::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(replication::run).isInstanceOf(IllegalStateException.class);

        try (Replication next = pushing(there.registry)) {
            next.start();
            await(this::same);
        }
    }
}
