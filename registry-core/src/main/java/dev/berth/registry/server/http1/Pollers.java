package dev.berth.registry.server.http1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** The pollers of a listener: as many as there are processors. Thread-safe. */
final class Pollers {
    private final PollMonitor monitor = new PollMonitor();
    private final List<Poller> all = new ArrayList<>();
    private final AtomicInteger count = new AtomicInteger();

    Pollers(Executor executor, Http1Application application) throws IOException {
        int processors = Runtime.getRuntime().availableProcessors();
        for (int i = 0; i < processors; i++) {
            all.add(new Poller(executor, application, monitor));
        }
    }

    void start() {
        all.forEach(Poller::start);
        monitor.start(all);
    }

    /** Returns the poller of the next connection. */
    Poller next() {
        return all.get(Math.floorMod(count.getAndIncrement(), all.size()));
    }

    /** Stops all. Their connections have ended. */
    void stop() {
        all.forEach(Poller::close);
        monitor.stop();
    }
}
