package dev.berth.registry.simulation;

import dev.berth.registry.simulation.SimulatedDisk.Stored;
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
import dev.berth.registry.storage.UploadConflictException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A store on a {@link SimulatedDisk}, each of whose calls is one change. Not thread-safe. */
final class DiskStore implements ObjectStore {
    private final SimulatedDisk disk;
    private final Schedule clock;
    private final Traits traits;
    private long versions;

    DiskStore(SimulatedDisk disk, Schedule clock, Traits traits) {
        this.disk = disk;
        this.clock = clock;
        this.traits = traits;
    }

    /**
     * What a store can do.
     *
     * @param exclusive {@link ObjectStore#exclusive}
     * @param deletesConditionally whether it can delete an object on a condition, or has to write an empty one
     * @param versionsByContent whether the same bytes have the same version
     */
    record Traits(boolean exclusive, boolean deletesConditionally, boolean versionsByContent) {}

    private @Nullable Stored at(ObjectKey key) {
        return disk.all().get(key.value());
    }

    private ObjectStat stat(Stored stored) {
        Instant modified = clock.instant().plusNanos(stored.modified() - clock.nanoTime());
        return new ObjectStat(stored.bytes().length, new ObjectVersion(stored.version()), modified);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) {
        return Optional.ofNullable(at(key)).map(this::stat);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) {
        Stored stored = at(key);
        if (stored == null) {
            return Optional.empty();
        }
        int from = (int) Math.min(offset, stored.bytes().length);
        int count = (int) Math.min(length, stored.bytes().length - from);
        InputStream stream = new ByteArrayInputStream(stored.bytes(), from, count);
        ObjectStat stat = stat(stored);
        return Optional.of(new ObjectContent() {
            @Override
            public ObjectStat stat() {
                return stat;
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public void close() {}
        });
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) {
        return put(key, content, condition, true);
    }

    @Override
    public Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition) {
        return put(key, content, condition, false);
    }

    private Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition, boolean lasting) {
        return holds(condition, at(key))
                ? Optional.of(new ObjectVersion(write(key, content, lasting)))
                : Optional.empty();
    }

    private String write(ObjectKey key, byte[] content, boolean lasting) {
        String version = traits.versionsByContent ? content.length + "-" + Arrays.hashCode(content) : "v" + ++versions;
        disk.change(key.value(), new Stored(content.clone(), version, clock.nanoTime()), lasting);
        return version;
    }

    private static boolean holds(PutCondition condition, @Nullable Stored stored) {
        if (condition instanceof PutCondition.IfAbsent) {
            return stored == null;
        }
        if (condition instanceof PutCondition.IfUnchanged unchanged) {
            return stored != null && stored.version().equals(unchanged.version().token());
        }
        return true;
    }

    @Override
    public void delete(ObjectKey key) {
        if (at(key) != null) {
            disk.change(key.value(), null, true);
        }
    }

    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) {
        boolean unchanged = holds(PutCondition.ifUnchanged(version), at(key));
        if (unchanged && traits.deletesConditionally) {
            disk.change(key.value(), null, true);
        } else if (unchanged) {
            write(key, new byte[0], true);
        }
        return unchanged;
    }

    @Override
    public ListPage list(ListRequest request) {
        String prefix = request.prefix().value();
        List<String> names = new ArrayList<>();
        SortedMap<String, Stored> from =
                disk.all().tailMap(request.after().compareTo(prefix) > 0 ? request.after() + '\0' : prefix);
        for (String key : from.keySet()) {
            if (!key.startsWith(prefix)) {
                break;
            }
            int slash = request.grouped() ? key.indexOf('/', prefix.length()) : -1;
            String name = slash < 0 ? key : key.substring(0, slash + 1);
            boolean seen = !names.isEmpty() && names.get(names.size() - 1).equals(name);
            if (seen || name.compareTo(request.after()) <= 0) {
                continue;
            }
            if (names.size() == request.limit()) {
                return new ListPage(names, false);
            }
            names.add(name);
        }
        return new ListPage(names, true);
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws UploadConflictException {
        ObjectKey bytes = staged(staging);
        if (at(bytes) != null) {
            throw new UploadConflictException("There is an upload " + staging, 0);
        }
        write(bytes, new byte[0], false);
        return new DiskUpload(this, bytes);
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) {
        return at(staged(staging)) == null ? Optional.empty() : Optional.of(new DiskUpload(this, staged(staging)));
    }

    private static ObjectKey staged(ObjectKey staging) {
        return KeyPrefix.of(staging + "/").key("bytes");
    }

    byte @Nullable [] bytes(ObjectKey key) {
        Stored stored = at(key);
        return stored == null ? null : stored.bytes();
    }

    void stage(ObjectKey key, byte[] content) {
        write(key, content, false);
    }

    @Override
    public boolean exclusive() {
        return traits.exclusive;
    }

    @Override
    public String transientEpoch() {
        return "boot " + disk.boots();
    }

    @Override
    public String identity() {
        return "simulated";
    }

    @Override
    public void close() {}
}
