package dev.berth.registry.account;

import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.wire.ClientNetwork;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many refused logins are told: {@value #MOST_OF_A_CLIENT} in ten seconds for each client, and
 * {@value #MOST} for all, so that a stranger cannot fill an audit log. Counts those that are not told. Thread-safe.
 */
final class RefusalFlood {
    static final int MOST_OF_A_CLIENT = 20;
    static final int MOST = 500;
    static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int CAPACITY = 10_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Optional<Object>, Count> clients = new RecentlyUsed<>(CAPACITY);
    private Count all = new Count(Instant.EPOCH, 0);
    private long untold;

    /** How many were told since a time. */
    private record Count(Instant since, int told) {}

    RefusalFlood(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns empty if a refusal is one too many to be told; otherwise how many were not told before it. */
    OptionalLong next(Optional<InetAddress> address) {
        Optional<Object> client = address.map(ClientNetwork::of);
        Instant now = clock.instant();
        lock.lock();
        try {
            Count ofClient = current(clients.get(client), now);
            all = current(all, now);
            if (ofClient.told >= MOST_OF_A_CLIENT || all.told >= MOST) {
                untold++;
                return OptionalLong.empty();
            }
            clients.put(client, new Count(ofClient.since, ofClient.told + 1));
            all = new Count(all.since, all.told + 1);
            long before = untold;
            untold = 0;
            return OptionalLong.of(before);
        } finally {
            lock.unlock();
        }
    }

    private static Count current(@Nullable Count count, Instant now) {
        return count == null || Duration.between(count.since, now).abs().compareTo(WINDOW) >= 0
                ? new Count(now, 0)
                : count;
    }
}
