package dev.berth.registry.session;

import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.Change;
import dev.berth.registry.internal.objects.StoredJson;
import dev.berth.registry.internal.objects.StoredNames;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PrefixedObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The sessions of all accounts in a store: an object for each account. Thread-safe. */
final class SessionStore {
    static final String PREFIX = "sessions/";

    private static final Duration CACHED = Duration.ofSeconds(5);

    private final SessionOptions options;
    private final CachedObjects<SessionSet> cache;
    private final StoredNames names;

    SessionStore(ObjectStore store, SessionOptions options) {
        ObjectStore objects = PrefixedObjectStore.of(store, KeyPrefix.of(StoredJson.ROOT));
        this.options = options;
        this.cache = CachedObjects.many(objects, SessionSet.FORMAT, options.clock(), CACHED);
        this.names = new StoredNames(objects);
    }

    /** Returns the session with a secret. One that another node has just added is found at once. */
    Optional<SessionRecord> find(SessionSecret secret) {
        CachedObjects.Lookup<SessionSet> known = cache.look(secret.key());
        Optional<SessionRecord> found = known.value().flatMap(set -> set.find(secret));
        return found.isPresent() || known.fresh()
                ? found
                : cache.getFresh(secret.key()).flatMap(set -> set.find(secret));
    }

    /** Returns the sessions of an account that have not expired, as they are now. */
    List<SessionRecord> of(ObjectKey key, Instant now) {
        return cache.getFresh(key)
                .orElse(SessionSet.EMPTY)
                .without(each -> each.isOverAt(now, options))
                .all();
    }

    /**
     * Changes the sessions of an account, of which those that have expired are gone.
     *
     * @return how many sessions that had not expired are gone
     */
    int change(ObjectKey key, Instant now, UnaryOperator<SessionSet> change) {
        return cache.change(key, found -> {
            SessionSet before = found.orElse(SessionSet.EMPTY);
            SessionSet open = before.without(each -> each.isOverAt(now, options));
            SessionSet after = change.apply(open);
            int gone = (int) open.all().stream()
                    .filter(each ->
                            after.all().stream().noneMatch(other -> other.hash().equals(each.hash())))
                    .count();
            if (after.equals(before)) {
                return Change.keep(gone);
            }
            return after.all().isEmpty() ? Change.remove(gone) : Change.write(after, gone);
        });
    }

    /** Returns the keys of some accounts, after one. */
    StoredNames.Page keys(String after, int limit) {
        return names.after(PREFIX, after, limit);
    }
}
