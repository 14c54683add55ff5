package dev.berth.registry.metrics;

import dev.berth.registry.server.ServerFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Whether a server can do its work, by checks that are made again and again, each in a thread of its own. Asking takes no
 * time: a check that hangs is one that has failed.
 *
 * <pre>{@code
 * Health health = Health.builder()
 *         .check("storagedriver_filesystem", HealthCheck.store(store), CheckSchedule.defaults())
 *         .readinessCheck("disk", HealthCheck.room(directory, 1L << 30), CheckSchedule.defaults())
 *         .build();
 * health.start();
 * }</pre>
 *
 * <p>Thread-safe. The threads are daemons; {@link #close} ends them.
 *
 * @since 0.1
 */
public final class Health implements AutoCloseable {
    private final List<ScheduledCheck> checks;
    private final ReentrantLock lock = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private boolean started;

    private Health(Builder builder) {
        this.checks = List.copyOf(builder.checks);
    }

    /** Returns a builder without checks. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins to make the checks. Has no effect if it was called before, or after {@link #close}. */
    public void start() {
        lock.lock();
        try {
            if (started || closed.getCount() == 0) {
                return;
            }
            started = true;
            for (ScheduledCheck check : checks) {
                Thread thread = new Thread(() -> makeAgainAndAgain(check), "berth-health-" + check.name());
                thread.setDaemon(true);
                threads.add(thread);
                thread.start();
            }
        } finally {
            lock.unlock();
        }
    }

    private void makeAgainAndAgain(ScheduledCheck check) {
        try {
            do {
                check.make();
            } while (!closed.await(check.schedule().interval().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            // Closed: the thread ends.
            Thread.currentThread().interrupt();
        }
    }

    /** Makes each check once, in the calling thread. For tests, and before a server is started. */
    public void checkNow() {
        checks.forEach(ScheduledCheck::make);
    }

    /**
     * Returns the checks that fail without which nothing can be served, as {@code registry:2} shows them: what is wrong, by
     * the name of the check. Empty if all is well. Does not wait.
     */
    public Map<String, String> failures() {
        return problems(ScheduledCheck::servingNeedsIt);
    }

    /**
     * Returns what keeps the server from doing all of its work, by the name of the check: also the checks of readiness, and
     * those that have not ended once. Empty if it is ready. Does not wait.
     */
    public Map<String, String> unreadiness() {
        Map<String, String> problems = new TreeMap<>(problems(check -> true));
        for (ScheduledCheck check : checks) {
            if (!check.made()) {
                problems.putIfAbsent(check.name(), "It has not been checked yet");
            }
        }
        return Collections.unmodifiableMap(problems);
    }

    private Map<String, String> problems(Predicate<ScheduledCheck> wanted) {
        Map<String, String> problems = new TreeMap<>();
        for (ScheduledCheck check : checks) {
            if (wanted.test(check)) {
                check.problem().ifPresent(problem -> problems.put(check.name(), problem));
            }
        }
        return Collections.unmodifiableMap(problems);
    }

    /**
     * Returns a filter by which a server refuses all of its API with 503 and the code {@code UNAVAILABLE} while
     * {@link #failures} has any, as {@code registry:2} does. Routes outside the API are served.
     */
    public ServerFilter gate() {
        return (request, next) -> {
            boolean api = request.path().startsWith("/v2/") || request.path().equals("/v2");
            // No exception: each would be logged as a failure of its own.
            return api && !failures().isEmpty() ? HealthPages.unavailable() : next.handle(request);
        };
    }

    /** Shows in metrics which checks succeed: {@code registry_health_check_up}, 1 or 0. */
    public void addTo(Metrics metrics) {
        for (ScheduledCheck check : checks) {
            metrics.gauge(
                    "registry_health_check_up",
                    "Whether a health check succeeds: 1, or 0 if it fails.",
                    Map.of("check", check.name()),
                    () -> check.problem().isEmpty() ? 1 : 0);
        }
    }

    /** Makes no more checks. One that is being made is interrupted. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        lock.lock();
        try {
            threads.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    /** Returns the problems. */
    @Override
    public String toString() {
        return "Health" + unreadiness();
    }

    /**
     * Builds the health of a server. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final int LONGEST_NAME = 200;

        private final List<ScheduledCheck> checks = new ArrayList<>();
        private LongSupplier nanoTime = System::nanoTime;

        private Builder() {}

        /**
         * Adds a check without which nothing can be served: {@code /debug/health}, {@link Health#gate} and {@code /readyz}
         * go by it.
         *
         * @param name shown to whoever asks, so neither a path nor a secret
         * @throws IllegalArgumentException if there is a check of this name, or it is empty
         */
        public Builder check(String name, HealthCheck check, CheckSchedule schedule) {
            return add(name, check, schedule, true);
        }

        /**
         * Adds a check without which not everything works: only {@code /readyz} goes by it. A full disk still serves pulls
         * and deletions.
         *
         * @param name as for {@link #check}
         * @throws IllegalArgumentException as for {@link #check}
         */
        public Builder readinessCheck(String name, HealthCheck check, CheckSchedule schedule) {
            return add(name, check, schedule, false);
        }

        private Builder add(String name, HealthCheck check, CheckSchedule schedule, boolean servingNeedsIt) {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        "A health check needs a name of 1 to " + LONGEST_NAME + " characters");
            }
            if (checks.stream().anyMatch(other -> other.name().equals(name))) {
                throw new IllegalArgumentException("There is a health check '" + name + "' already");
            }
            // The clock may be set after this.
            checks.add(new ScheduledCheck(
                    name,
                    Objects.requireNonNull(check, "check"),
                    Objects.requireNonNull(schedule, "schedule"),
                    servingNeedsIt,
                    () -> nanoTime.getAsLong()));
            return this;
        }

        /** Sets what measures how long checks take. For tests. */
        Builder nanoTime(LongSupplier newNanoTime) {
            this.nanoTime = Objects.requireNonNull(newNanoTime, "newNanoTime");
            return this;
        }

        /** Returns the health, whose checks are not made yet. */
        public Health build() {
            return new Health(this);
        }
    }
}
