package dev.berth.registry.internal.eventlog;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Objects that cannot be read: noticed first, since another node may have a newer version, and after a while copied to
 * {@code _berth/events/unreadable/}, where the last {@value #MOST} stay for whoever wants to look. Not thread-safe.
 */
public final class SetAside {
    /** How many are kept. */
    static final int MOST = 1000;

    private final ObjectStore store;
    private final Duration patience;
    private final Map<String, Instant> noticed = new HashMap<>();

    /** Creates it with the time after which an object is set aside. */
    public SetAside(ObjectStore store, Duration patience) {
        this.store = store;
        this.patience = patience;
    }

    /** Returns whether an object that cannot be read has been so for long enough. */
    public boolean due(String what, Instant now) {
        return !now.isBefore(noticed.computeIfAbsent(what, any -> now).plus(patience));
    }

    /** Copies what cannot be read. The caller deletes it where it was. */
    public void keep(String what, byte[] content, Instant now) throws IOException {
        KeyPrefix prefix = ReceiverKeys.UNREADABLE;
        String name = String.format(Locale.ROOT, "%015d-%s", Math.max(0, now.toEpochMilli()), UUID.randomUUID());
        store.put(prefix.key(name), content, PutCondition.always());
        noticed.remove(what);
        ListPage page = store.list(ListRequest.tree(prefix).limit(MOST + 1));
        List<String> names = page.names();
        if (names.size() > MOST) {
            store.delete(prefix.key(names.get(0).substring(prefix.value().length())));
        }
    }

    /** Forgets what was noticed. */
    public void reset() {
        noticed.clear();
    }
}
