package dev.berth.registry.host;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A clock, and an executor whose tasks run in the thread that moves the clock, at the times at which they are due. */
final class ManualScheduler extends AbstractExecutorService implements ScheduledExecutorService, InstantSource {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final List<Task> tasks = new ArrayList<>();
    private Instant now = BEGIN;
    private boolean shutdown;

    private final class Task extends FutureTask<Object> implements RunnableScheduledFuture<Object> {
        private final Runnable work;
        private final Duration interval;
        private Instant due;

        Task(Runnable work, Duration first, Duration interval) {
            super(work, new Object());
            this.work = work;
            this.due = now.plus(first);
            this.interval = interval;
        }

        @Override
        public boolean isPeriodic() {
            return true;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now, due));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }

    /** Moves the clock, and runs what becomes due on the way. */
    void advance(Duration time) {
        Instant until = now.plus(time);
        while (true) {
            Optional<Task> next = tasks.stream()
                    .filter(task -> !task.isCancelled() && !task.due.isAfter(until))
                    .min(Comparator.comparing(task -> task.due));
            if (next.isEmpty()) {
                // Work may have waited for longer.
                now = now.isBefore(until) ? until : now;
                return;
            }
            Task task = next.get();
            now = now.isBefore(task.due) ? task.due : now;
            task.work.run();
            task.due = now.plus(task.interval);
        }
    }

    /** Moves the clock without running anything: for work that waits itself. */
    void pass(Duration time) {
        now = now.plus(time);
    }

    /** Returns how many tasks would still run. */
    long scheduled() {
        return tasks.stream().filter(task -> !task.isCancelled()).count();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable work, long first, long interval, TimeUnit unit) {
        Task task = new Task(work, Duration.of(first, unit.toChronoUnit()), Duration.of(interval, unit.toChronoUnit()));
        tasks.add(task);
        return task;
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable work, long first, long interval, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> work, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable work) {
        work.run();
    }

    @Override
    public void shutdown() {
        shutdown = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return shutdown;
    }

    @Override
    public boolean isTerminated() {
        return shutdown;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return shutdown;
    }
}
