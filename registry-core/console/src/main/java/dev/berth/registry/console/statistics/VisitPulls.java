package dev.berth.registry.console.statistics;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.pulls.PullStatistics;
import dev.berth.registry.pulls.RepositoryPulls;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** The pulls of the repository of a page, read once though several parts of the page show them. Thread-safe. */
final class VisitPulls {
    private final PullStatistics pulls;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Visit, RepositoryPulls> read = new WeakHashMap<>();

    VisitPulls(PullStatistics pulls) {
        this.pulls = pulls;
    }

    RepositoryPulls of(Visit visit, RepositoryName repository) {
        lock.lock();
        try {
            RepositoryPulls known = read.get(visit);
            if (known != null) {
                return known;
            }
        } finally {
            lock.unlock();
        }
        RepositoryPulls made = pulls.of(repository);
        lock.lock();
        try {
            read.put(visit, made);
        } finally {
            lock.unlock();
        }
        return made;
    }
}
