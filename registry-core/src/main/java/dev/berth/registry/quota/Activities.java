package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** The repositories that this node changes, or has changed a short time ago. Thread-safe. */
final class Activities {
    /** With more than these, what has changed is counted before anything else changes. */
    static final int MOST = 1000;

    private final Map<RepositoryName, Activity> all = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;
    private final Duration linger;

    Activities(LongSupplier nanoTime, Duration linger) {
        this.nanoTime = nanoTime;
        this.linger = linger;
    }

    /** Returns the activity of a repository, which stays until {@link #leave}. */
    Activity enter(RepositoryName repository) {
        return all.compute(repository, (name, known) -> {
            Activity activity = known == null ? new Activity(name, nanoTime.getAsLong()) : known;
            activity.enter();
            return activity;
        });
    }

    void leave(Activity activity) {
        activity.leave(nanoTime.getAsLong());
    }

    /** Returns the activities now. */
    List<Activity> all() {
        return List.copyOf(all.values());
    }

    boolean contains(RepositoryName repository) {
        return all.containsKey(repository);
    }

    boolean tooMany() {
        return all.size() > MOST;
    }

    /** Forgets those that are over: for some time, or only just. */
    void prune(boolean atOnce) {
        long since = nanoTime.getAsLong() - (atOnce ? 0 : linger.toNanos());
        for (RepositoryName name : all.keySet()) {
            all.computeIfPresent(name, (key, activity) -> activity.active(since) ? activity : null);
        }
    }
}
