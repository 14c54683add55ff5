package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.store.KeyReader;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.internal.store.StoredNames;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The damaged data that scrubs have moved aside, below {@code _berth/quarantine/}. It is kept until somebody removes it;
 * nothing reads it. Thread-safe.
 *
 * <p>Every method throws a {@link dev.berth.registry.RegistryException} with
 * {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails.
 *
 * @since 0.1
 */
public final class Quarantine {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ObjectStore store;

    private Quarantine(ObjectStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Returns the quarantine of a store. Does no I/O. */
    public static Quarantine of(ObjectStore store) {
        return new Quarantine(store);
    }

    /** Iterates over what is in it, in the order of the digests. */
    public Iterator<QuarantinedBlob> list() {
        return StoredNames.tree(
                store,
                "list its quarantine",
                Keys.QUARANTINE,
                OptionalLong.empty(),
                key -> StoreCalls.call("list its quarantine", () -> find(key)));
    }

    private Optional<QuarantinedBlob> find(String key) throws IOException {
        int name = key.lastIndexOf('/');
        Optional<Digest> digest = KeyReader.digestOfMark(key.substring(0, name));
        Optional<Instant> since = time(key.substring(name + 1));
        if (digest.isEmpty() || since.isEmpty()) {
            return Optional.empty();
        }
        ObjectKey object = ObjectKey.of(key);
        return store.stat(object).map(stat -> new QuarantinedBlob(object, digest.get(), since.get(), stat.size()));
    }

    private static Optional<Instant> time(String name) {
        try {
            return Optional.of(TIME.parse(name, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Opens damaged data, or returns empty if it was removed. The caller closes the stream. */
    public Optional<InputStream> open(QuarantinedBlob blob) {
        return StoreCalls.call("read " + blob.key(), () -> {
            Optional<ObjectContent> content = store.open(requireOurs(blob.key()));
            return content.isEmpty() ? Optional.empty() : Optional.of(content.get().stream());
        });
    }

    /** Removes damaged data. Has no effect if it was removed. */
    public void remove(QuarantinedBlob blob) {
        StoreCalls.act("remove " + blob.key(), () -> store.delete(requireOurs(blob.key())));
    }

    /** Removes everything that is in it, and returns how much that was. */
    public int clear() {
        int removed = 0;
        for (Iterator<QuarantinedBlob> all = list(); all.hasNext(); removed++) {
            remove(all.next());
        }
        return removed;
    }

    private static ObjectKey requireOurs(ObjectKey key) {
        if (!key.value().startsWith(Keys.QUARANTINE.value())) {
            throw new IllegalArgumentException(key + " is not in the quarantine");
        }
        return key;
    }

    /** Returns a key for damaged data. */
    static ObjectKey newKey(Digest digest, Instant now) {
        return Keys.quarantined(digest, TIME.format(now));
    }

    /**
     * Copies damaged data. If the stream fails, nothing is kept.
     *
     * @return the key of the copy
     */
    ObjectKey copy(Digest digest, ObjectStat data, InputStream content, Instant now) throws IOException {
        ObjectKey key = newKey(digest, now);
        if (store.write(key, content, data.size())) {
            return key;
        }
        // What a crash leaves of it expires as uploads do.
        try (ObjectUpload upload =
                store.startUpload(Keys.uploadStaging(UUID.randomUUID().toString()))) {
            try {
                upload.append(0, content);
                upload.commit(key, data.size());
            } catch (IOException | RuntimeException e) {
                abort(upload, e);
                throw e;
            }
        }
        return key;
    }

    private static void abort(ObjectUpload upload, Exception reason) {
        try {
            upload.abort();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }
}
