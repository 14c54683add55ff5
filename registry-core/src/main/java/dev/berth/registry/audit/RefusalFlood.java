package dev.berth.registry.audit;

import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.wire.ClientNetwork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many refusals are told: {@value #MOST_OF_A_CLIENT} in ten seconds for each client, and {@value #MOST} for all, so
 * that a stranger cannot fill an audit log. A caller that was let in counts as another client than its neighbours at the same
 * address. Counts those that are not told. Thread-safe.
 *
 * @since 0.1
 */
public final class RefusalFlood {
    /** How many refusals of a client are told in ten seconds. */
    public static final int MOST_OF_A_CLIENT = 20;

    /** How many refusals are told in ten seconds. */
    public static final int MOST = 500;

    /** How long refusals are counted. */
    public static final Duration WINDOW = Duration.ofSeconds(10);

    private static final int CAPACITY = 10_000;

    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Client, Count> clients = new RecentlyUsed<>(CAPACITY);
    private Count all = new Count(Instant.EPOCH, 0);
    private long untold;

    /** Who is refused. */
    private record Client(String caller, Optional<Object> network) {}

    /** How many were told since a time. */
    private record Count(Instant since, int told) {}

    private RefusalFlood(InstantSource clock) {
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /** Returns a limit that has counted nothing yet. */
    public static RefusalFlood of(InstantSource clock) {
        return new RefusalFlood(clock);
    }

    /**
     * Counts a refusal.
     *
     * @param origin who was refused. A name that nobody has proved to have is not that of a caller here: otherwise a stranger
     *     would be a new client with each name
     * @return empty if it is one too many to be told; otherwise how many were not told before it
     */
    public OptionalLong next(AuditOrigin origin) {
        Client client = new Client(origin.caller(), origin.client().map(ClientNetwork::of));
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

    /** Returns a reason with the number of refusals that were not told before it. */
    public static String reason(String reason, long untold) {
        return untold == 0 ? reason : reason + "; " + untold + " more before this were not told";
    }

    /**
     * Returns a listener that tells another one of everything but a flood of refusals of type
     * {@link AuditEvent.Type#ACCESS_REFUSED} and {@link AuditEvent.Type#POLICY}. The views of all requests of a server share
     * one.
     */
    public static AuditListener limiting(AuditListener listener, InstantSource clock) {
        return AuditListener.isNone(listener) || listener instanceof LimitedListener
                ? listener
                : new LimitedListener(AuditListener.guarded(listener), of(clock));
    }
}
