package dev.berth.registry.account.store;

import dev.berth.registry.internal.objects.CachedObjects;
import dev.berth.registry.internal.objects.Change;
import dev.berth.registry.internal.objects.StoredJson;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PrefixedObjectStore;
import dev.berth.registry.token.SigningKey;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * The keys that sign tokens, in an {@link ObjectStore}, for all processes over the same store: the first one that asks makes
 * a key. For {@link dev.berth.registry.token.TokenOptions#builder(String, Supplier)}. Thread-safe.
 *
 * <p>{@link #rotate} makes a newer key. It is published with the others at once, and signs later; the signatures of the
 * older ones count until the tokens that they signed are over. {@link #remove} ends what a key has signed, in other
 * processes within five seconds.
 *
 * <p>The private keys are in the store as they are: whoever can read the object {@code _berth/access/signing-keys} can make
 * tokens for every account.
 *
 * @since 0.1
 */
public final class StoredKeys implements Supplier<List<SigningKey>> {
    /** More keys at a time are a mistake, and would make each request slower. */
    private static final int MOST = 16;

    private final CachedObjects<KeyRing> cache;
    private final StoredKeysOptions options;

    private StoredKeys(ObjectStore store, StoredKeysOptions options) {
        this.options = Objects.requireNonNull(options, "options");
        this.cache = CachedObjects.single(
                PrefixedObjectStore.of(store, KeyPrefix.of(StoredJson.ROOT)),
                KeyRing.FORMAT,
                options.clock(),
                StoredKeysOptions.OLDEST_CACHE);
    }

    /** Returns the keys in a store. */
    public static StoredKeys over(ObjectStore store) {
        return over(store, StoredKeysOptions.builder().build());
    }

    /** Returns the keys in a store. */
    public static StoredKeys over(ObjectStore store, StoredKeysOptions options) {
        return new StoredKeys(Objects.requireNonNull(store, "store"), options);
    }

    /**
     * Returns the keys whose signatures count. The first one signs.
     *
     * @throws dev.berth.registry.RegistryException with {@code UNAVAILABLE} if the store cannot be read or written, or the
     *     object with the keys is malformed
     */
    @Override
    public List<SigningKey> get() {
        Instant now = options.clock().instant();
        return ring(now).at(now);
    }

    /**
     * Returns what may be known of the keys whose signatures count. The first one signs.
     *
     * @throws dev.berth.registry.RegistryException as {@link #get} does
     */
    public List<KeyState> states() {
        Instant now = options.clock().instant();
        return ring(now).statesAt(now);
    }

    private KeyRing ring(Instant now) {
        return cache.get(ObjectNames.SIGNING_KEYS)
                .orElseGet(() -> cache.change(
                        ObjectNames.SIGNING_KEYS,
                        found -> found.map(Change::<KeyRing, KeyRing>keep).orElseGet(() -> {
                            KeyRing first = KeyRing.first(now);
                            return Change.write(first, first);
                        })));
    }

    /**
     * Makes a newer key, which begins to sign later.
     *
     * @return the identifier of the key
     * @throws dev.berth.registry.RegistryException with {@code REQUEST_INVALID} if there are {@value #MOST} keys whose
     *     signatures still count; with {@code UNAVAILABLE} if the store fails
     */
    public String rotate() {
        SigningKey newest = SigningKey.generate();
        Instant now = options.clock().instant();
        cache.change(ObjectNames.SIGNING_KEYS, found -> {
            KeyRing rotated = found.orElseGet(() -> KeyRing.first(now))
                    .rotated(newest, now, options.publishedBefore(), options.keptFor());
            if (rotated.keys().size() > MOST) {
                throw AccountNames.invalid("There are " + MOST + " keys that sign tokens; remove one first");
            }
            return Change.write(rotated, true);
        });
        return newest.id();
    }

    /**
     * Removes a key that others may know. Tokens that it signed are worth nothing any more. If it was the one that signs,
     * another one is made, which signs at once.
     *
     * @param id the identifier of the key
     * @return whether there was one
     */
    public boolean remove(String id) {
        Instant now = options.clock().instant();
        return cache.change(
                ObjectNames.SIGNING_KEYS,
                found -> found.filter(ring -> ring.keys().stream()
                                .anyMatch(key -> key.key().id().equals(id)))
                        .map(ring -> Change.<KeyRing, Boolean>write(ring.without(id, now), true))
                        .orElseGet(() -> Change.keep(false)));
    }

    /** Returns a text without the keys. */
    @Override
    public String toString() {
        return "StoredKeys";
    }
}
