package dev.berth.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.Expected;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** A listener that is slow or fails holds nobody up. */
class AuditQueueTest {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();

    private static AuditEvent event(String target) {
        return new AuditEvent(
                Instant.EPOCH, AuditEvent.Type.DELETION, AuditOrigin.none(), "", target, AuditEvent.Outcome.DONE, "");
    }

    private void runAll() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    @Test
    void nothingIsToldInTheThreadOfARequest() {
        AuditQueue queue = AuditQueue.of(event -> told.add(event.target()), tasks::add);

        queue.on(event("a"));
        queue.on(event("b"));
        assertThat(told).isEmpty();
        runAll();

        assertThat(told).containsExactly("a", "b");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void whatDoesNotFitIsDroppedAndCounted() {
        AuditQueue queue = AuditQueue.of(event -> told.add(event.target()), tasks::add, 2);

        for (String target : List.of("a", "b", "c", "d")) {
            queue.on(event(target));
        }
        runAll();
        queue.on(event("e"));
        runAll();

        assertThat(told).containsExactly("a", "b", "e");
        assertThat(queue.dropped()).isEqualTo(2);
    }

    @Test
    void aListenerThatFailsIsToldTheNextEvent() {
        AuditQueue queue = AuditQueue.of(
                event -> {
                    told.add(event.target());
                    if (event.target().equals("a")) {
                        throw Expected.failure(new IllegalStateException("no disk"));
                    }
                },
                tasks::add);

        queue.on(event("a"));
        queue.on(event("b"));
        runAll();

        assertThat(told).containsExactly("a", "b");
    }

    @Test
    void anExecutorThatEndedHarmsNobody() {
        AuditQueue queue = AuditQueue.of(event -> told.add(event.target()), task -> {
            throw new RejectedExecutionException("It has ended");
        });

        queue.on(event("a"));
        queue.on(event("b"));

        assertThat(told).isEmpty();
        assertThat(queue.dropped()).isEqualTo(2);
    }
}
