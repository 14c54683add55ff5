package dev.berth.registry.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventId;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.fixtures.Expected;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Delivery of events to a listener that may be slow, or fail. */
class EventQueueTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    private static RegistryEvent event(int actor, int number) {
        EventId id = EventId.parse("00000000-0000-7000-8000-%06d%06d".formatted(actor, number));
        return RegistryEvent.builder(EventType.TAG_DELETED, RepositoryName.parse("a"))
                .id(id)
                .context(EventContext.ofActor("actor" + actor))
                .build();
    }

    @Test
    void delaysNobodyAndDropsWhatDoesNotFit() throws Exception {
        CountDownLatch listenerMayGoOn = new CountDownLatch(1);
        CountDownLatch listenerIsBusy = new CountDownLatch(1);
        BlockingQueue<RegistryEvent> delivered = new LinkedBlockingQueue<>();
        EventQueue queue = EventQueue.of(
                event -> {
                    listenerIsBusy.countDown();
                    try {
                        listenerMayGoOn.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    delivered.add(event);
                },
                executor,
                3);
        queue.publish(event(0, 0));
        listenerIsBusy.await();

        for (int i = 1; i <= 5; i++) {
            queue.publish(event(0, i));
        }

        assertThat(queue.dropped()).isEqualTo(2);
        listenerMayGoOn.countDown();
        for (int i = 0; i <= 3; i++) {
            assertThat(delivered.poll(30, TimeUnit.SECONDS)).isEqualTo(event(0, i));
        }
    }

    @Test
    void goesOnAfterAListenerHasFailed() {
        List<RegistryEvent> delivered = new ArrayList<>();
        EventQueue queue = EventQueue.of(
                event -> {
                    delivered.add(event);
                    if (delivered.size() == 1) {
                        throw Expected.failure(new IllegalStateException("The first one fails"));
                    }
                    if (delivered.size() == 2) {
                        throw Expected.failure(new AssertionError("The second one fails worse"));
                    }
                },
                Runnable::run);

        for (int i = 0; i < 3; i++) {
            queue.publish(event(0, i));
        }

        assertThat(delivered).hasSize(3);
        assertThat(queue.failed()).isEqualTo(2);
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void countsWhatAnExecutorDoesNotTake() {
        List<RegistryEvent> delivered = new ArrayList<>();
        Deque<Boolean> accepts = new ArrayDeque<>(List.of(false, true));
        EventQueue queue = EventQueue.of(delivered::add, task -> {
            if (!accepts.poll()) {
                throw Expected.failure(new RejectedExecutionException("shut down"));
            }
            task.run();
        });

        queue.publish(event(0, 0));
        queue.publish(event(0, 1));

        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(delivered).containsExactly(event(0, 1));
    }

    /** Many threads hand in, and nothing is delivered twice, at the same time, or out of the order of its thread. */
    @Test
    void deliversOneAtATimeInTheOrderOfEachThread() throws Exception {
        int threads = 8;
        int each = 2_000;
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger mostInside = new AtomicInteger();
        ConcurrentHashMap<String, List<RegistryEvent>> delivered = new ConcurrentHashMap<>();
        CountDownLatch all = new CountDownLatch(threads * each);
        EventQueue queue = EventQueue.of(
                event -> {
                    mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    delivered
                            .computeIfAbsent(event.actor(), actor -> new ArrayList<>())
                            .add(event);
                    inside.decrementAndGet();
                    all.countDown();
                },
                executor,
                threads * each);
        for (int thread = 0; thread < threads; thread++) {
            int actor = thread;
            executor.execute(() -> {
                for (int i = 0; i < each; i++) {
                    queue.publish(event(actor, i));
                }
            });
        }

        assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
        assertThat(mostInside).hasValue(1);
        for (int thread = 0; thread < threads; thread++) {
            List<RegistryEvent> expected = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                expected.add(event(thread, i));
            }
            assertThat(delivered.get("actor" + thread)).isEqualTo(expected);
        }
    }

    @Test
    void takesBatches() {
        List<RegistryEvent> delivered = new ArrayList<>();
        EventQueue queue = EventQueue.of(delivered::add, Runnable::run);

        queue.publish(List.of(event(0, 0), event(0, 1)));

        assertThat(delivered).containsExactly(event(0, 0), event(0, 1));
    }

    @Test
    void deliversWhatWaitsAndDropsTheRestOnceItIsClosed() {
        List<Runnable> tasks = new ArrayList<>();
        List<RegistryEvent> delivered = new ArrayList<>();
        EventQueue queue = EventQueue.of(delivered::add, tasks::add);
        queue.publish(event(0, 0));

        queue.close();
        queue.close();
        queue.publish(event(0, 1));
        tasks.forEach(Runnable::run);

        assertThat(delivered).containsExactly(event(0, 0));
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void needsACapacityOfAtLeastOne() {
        assertThatThrownBy(() -> EventQueue.of(event -> {}, Runnable::run, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
