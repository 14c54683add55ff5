package dev.berth.registry.session;

import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.objects.StoredNames;
import dev.berth.registry.storage.ObjectKey;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what is left of sessions that have expired: of a few accounts at each sign-in, round and round, so that nothing
 * stays of people who do not come back, and no sign-in waits for all. Thread-safe.
 */
final class Broom {
    private static final Logger LOG = LoggerFactory.getLogger(Broom.class);
    private static final int ACCOUNTS = 4;

    private final SessionStore store;
    private volatile String last = "";

    Broom(SessionStore store) {
        this.store = store;
    }

    /** Sweeps a little. A store that fails now is swept later. */
    void sweepSome(Instant now) {
        try {
            StoredNames.Page page = store.keys(last, ACCOUNTS);
            last = page.last() ? "" : lastOf(page);
            page.names().forEach(key -> sweep(key, now));
        } catch (RegistryException e) {
            LOG.warn("Sessions that have expired cannot be removed for now: {}", e.getMessage());
        }
    }

    /** Sweeps everything. */
    void sweepAll(Instant now) {
        String after = "";
        boolean ended = false;
        while (!ended) {
            StoredNames.Page page = store.keys(after, 1000);
            page.names().forEach(key -> sweep(key, now));
            ended = page.last();
            after = ended ? after : lastOf(page);
        }
    }

    private void sweep(ObjectKey key, Instant now) {
        store.change(key, now, UnaryOperator.identity());
    }

    private static String lastOf(StoredNames.Page page) {
        return page.names().get(page.names().size() - 1).value();
    }
}
