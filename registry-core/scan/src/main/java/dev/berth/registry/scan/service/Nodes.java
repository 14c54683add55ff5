package dev.berth.registry.scan.service;

import dev.berth.registry.internal.eventlog.StoreLease;
import dev.berth.registry.internal.store.StoreCalls;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which nodes are alive. Each has a lease with its name, which it renews; a node that does not is dead for all others, and
 * what it was doing is theirs. Thread-safe.
 */
final class Nodes {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);

    private final ScanStore store;
    private final ScanSettings settings;
    private final LongSupplier nanoTime;
    private final StoreLease own;
    private final Map<String, StoreLease> others = new ConcurrentHashMap<>();
    private @Nullable Long renewAt;

    Nodes(ScanStore store, ScanSettings settings) {
        this.store = store;
        this.settings = settings;
        this.nanoTime = settings.nanoTime();
        this.own = lease(settings.node());
    }

    private StoreLease lease(String name) {
        return new StoreLease(
                store.store(), ScanStore.node(name), settings.node(), settings.lease(), settings.clock(), nanoTime);
    }

    /** Shows that this node is alive, if it is time; returns whether the others know it. */
    boolean keep() {
        return StoreCalls.call("show that this node scans", () -> {
            long now = nanoTime.getAsLong();
            Long due = renewAt;
            if (own.held() && due != null && now - due < 0) {
                return true;
            }
            boolean alive = own.renew("") || own.acquire("");
            renewAt = now + settings.lease().dividedBy(3).toNanos();
            return alive;
        });
    }

    /** Returns after which time to show it again at the latest. */
    Duration interval() {
        return settings.lease().dividedBy(3);
    }

    /** Returns whether another node is alive, as far as this one has seen. */
    boolean isAlive(String name) {
        if (name.equals(settings.node())) {
            return true;
        }
        StoreLease lease = others.computeIfAbsent(name, this::lease);
        boolean alive = StoreCalls.call("look whether another node scans", lease::look);
        if (!alive) {
            others.remove(name);
        }
        return alive;
    }

    /** Forgets the nodes that are dead. */
    void sweep() {
        for (String name : store.nodes()) {
            if (!isAlive(name)) {
                store.deleteNode(name);
            }
        }
    }

    /** Lets others go on at once with what this node was doing. */
    void close() {
        try {
            own.release("");
            if (!own.held()) {
                store.deleteNode(settings.node());
            }
        } catch (IOException | RuntimeException e) {
            // Others find out by themselves.
            LOG.debug("A node that scanned could not take its leave", e);
        }
    }
}
