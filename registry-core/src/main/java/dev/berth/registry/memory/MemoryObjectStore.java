package dev.berth.registry.memory;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageFullException;
import dev.berth.registry.storage.UploadConflictException;
import dev.berth.registry.storage.Utf8Order;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A store in the heap. Keeps every promise of {@link ObjectStore} but durability: its content is lost when it is
 * closed.
 *
 * <p>For tests, and for registries that need not outlive their process; not for more than fits in the heap, see
 * {@link Builder#maxBytes}. Thread-safe. Blocks only while it reads the stream of an upload.
 *
 * @since 0.1
 */
public final class MemoryObjectStore implements ObjectStore {
    private final ConcurrentNavigableMap<OrderedKey, StoredObject> objects = new ConcurrentSkipListMap<>();
    private final ConcurrentMap<ObjectKey, MemoryUpload> uploads = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final String identity = "memory:" + UUID.randomUUID();
    private final MemoryQuota quota;
    private final InstantSource clock;
    private volatile boolean closed;

    private MemoryObjectStore(Builder builder) {
        this.quota = new MemoryQuota(builder.maxBytes);
        this.clock = builder.clock;
    }

    /** Creates an empty store without a limit. */
    public static MemoryObjectStore create() {
        return builder().build();
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the number of bytes of content that the store holds, unfinished uploads included. */
    public long usedBytes() {
        return quota.used();
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        checkOpen();
        return Optional.ofNullable(objects.get(ordered(key))).map(StoredObject::stat);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        checkOpen();
        if (offset < 0 || length < 0) {
            throw new IllegalArgumentException(
                    "Neither offset nor length can be negative: " + offset + ", " + length + " of " + key);
        }
        return Optional.ofNullable(objects.get(ordered(key)))
                .map(object -> new BlocksContent(object.stat(), new BlocksStream(object.content(), offset, length)));
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        checkOpen();
        if (content.length > MAX_PUT_BYTES) {
            throw new IllegalArgumentException("The content of " + key + " has " + content.length + " bytes; more than "
                    + MAX_PUT_BYTES + " must be uploaded");
        }
        // A condition that does not hold now cannot be refused wrongly, and reserves nothing.
        OrderedKey ordered = ordered(key);
        StoredObject before = objects.get(ordered);
        if (!holds(condition, before)) {
            return Optional.empty();
        }
        quota.reserve(content.length);
        StoredObject after = stored(Blocks.copyOf(content));
        boolean written = true;
        if (condition instanceof PutCondition.Always) {
            before = objects.put(ordered, after);
        } else if (before == null) {
            written = objects.putIfAbsent(ordered, after) == null;
        } else {
            written = objects.replace(ordered, before, after);
        }
        if (!written) {
            quota.release(content.length);
            return Optional.empty();
        }
        release(before);
        return Optional.of(after.stat().version());
    }

    private static boolean holds(PutCondition condition, @Nullable StoredObject object) {
        if (condition instanceof PutCondition.IfAbsent) {
            return object == null;
        }
        if (condition instanceof PutCondition.IfUnchanged unchanged) {
            return object != null && object.stat().version().equals(unchanged.version());
        }
        return true;
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        checkOpen();
        release(objects.remove(ordered(key)));
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        checkOpen();
        OrderedKey ordered = ordered(key);
        StoredObject object = objects.get(ordered);
        if (object == null || !object.stat().version().equals(version) || !objects.remove(ordered, object)) {
            return false;
        }
        release(object);
        return true;
    }

    @Override
    public void deleteTree(KeyPrefix prefix) throws IOException {
        checkOpen();
        uploads.forEach((staging, upload) -> {
            if (staging.value().startsWith(prefix.value())) {
                upload.abort();
            }
        });
        for (OrderedKey key : objects.tailMap(OrderedKey.of(prefix.value())).keySet()) {
            if (!key.value().startsWith(prefix.value())) {
                return;
            }
            release(objects.remove(key));
        }
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        checkOpen();
        List<String> names = new ArrayList<>();
        String name = nextName(request, request.after());
        while (name != null) {
            if (names.size() == request.limit()) {
                return new ListPage(names, false);
            }
            names.add(name);
            name = nextName(request, name);
        }
        return new ListPage(names, true);
    }

    /** Returns the first name of a listing after this text. */
    private @Nullable String nextName(ListRequest request, String after) {
        String prefix = request.prefix().value();
        String key =
                Utf8Order.compare(after, prefix) < 0 ? ceiling(prefix) : value(objects.higherKey(OrderedKey.of(after)));
        while (request.grouped() && key != null && key.startsWith(prefix)) {
            int slash = key.indexOf('/', prefix.length());
            if (slash < 0) {
                return key;
            }
            String group = key.substring(0, slash + 1);
            if (Utf8Order.compare(group, after) > 0) {
                return group;
            }
            // This group is not after "after", so none of its keys is listed. '0' is the character that follows '/'.
            key = ceiling(key.substring(0, slash) + '0');
        }
        return key != null && key.startsWith(prefix) ? key : null;
    }

    private @Nullable String ceiling(String least) {
        return value(objects.ceilingKey(OrderedKey.of(least)));
    }

    private static @Nullable String value(@Nullable OrderedKey key) {
        return key == null ? null : key.value();
    }

    private static OrderedKey ordered(ObjectKey key) {
        return OrderedKey.of(key.value());
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        checkOpen();
        MemoryUpload upload = new MemoryUpload(this, staging, quota);
        if (uploads.putIfAbsent(staging, upload) != null) {
            throw new UploadConflictException("There is an upload " + staging + " already", 0);
        }
        return upload;
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        checkOpen();
        return Optional.ofNullable(uploads.get(staging));
    }

    /** Makes the bytes of an upload an object. Their space is reserved already. */
    void commit(ObjectKey key, Blocks content) {
        release(objects.put(ordered(key), stored(content)));
    }

    /** Forgets an upload that has ended. */
    void ended(ObjectKey staging) {
        uploads.remove(staging);
    }

    void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("This store in memory was closed");
        }
    }

    @Override
    public boolean exclusive() {
        return true;
    }

    @Override
    public String identity() {
        return identity;
    }

    /** Closes the store and discards its content. */
    @Override
    public void close() {
        closed = true;
        uploads.values().forEach(MemoryUpload::abort);
        objects.keySet().forEach(key -> release(objects.remove(key)));
    }

    private StoredObject stored(Blocks content) {
        ObjectVersion version = new ObjectVersion(Long.toString(versions.incrementAndGet()));
        return new StoredObject(content, new ObjectStat(content.size(), version, clock.instant()));
    }

    private void release(@Nullable StoredObject object) {
        if (object != null) {
            quota.release(object.content().size());
        }
    }

    /**
     * Settings of a store. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private long maxBytes = Long.MAX_VALUE;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /**
         * Sets the largest number of bytes of content, including unfinished uploads and, while it is replaced, an
         * object's old content. Writing more fails with a {@link StorageFullException}. No limit by default.
         *
         * @throws IllegalArgumentException if it is negative
         */
        public Builder maxBytes(long newMaxBytes) {
            if (newMaxBytes < 0) {
                throw new IllegalArgumentException("A store cannot be limited to " + newMaxBytes + " bytes");
            }
            this.maxBytes = newMaxBytes;
            return this;
        }

        /** Sets the clock for {@link ObjectStat#lastModified}. The system's by default. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /** Creates the store. */
        public MemoryObjectStore build() {
            return new MemoryObjectStore(this);
        }
    }
}
