package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A store of a repository with any number of blobs, of which nearly all are needed by manifests, ten by each. What is in it by
 * rule is made up when it is asked for; what is written is in memory.
 */
final class SyntheticStore extends ForwardingObjectStore {
    static final int GARBAGE_EACH = 1000;
    private static final String REPOSITORY = "docker/registry/v2/repositories/big/";
    private static final String REVISIONS = REPOSITORY + "_manifests/revisions/sha256/";

    private final long blobs;
    private final long step;
    private final Set<String> deleted = new ConcurrentSkipListSet<>();
    private final List<Family> families;

    SyntheticStore(long blobs) {
        super(MemoryObjectStore.create());
        this.blobs = blobs;
        this.step = Long.divideUnsigned(-1, blobs);
        this.families = List.of(
                k -> "_berth/index/holders/sha256/" + hex(k) + "/big",
                k -> "_berth/index/references/sha256/" + hex(k) + "/big/sha256-" + manifest(k / 10),
                k -> "docker/registry/v2/blobs/sha256/" + hex(k).substring(0, 2) + "/" + hex(k) + "/data",
                k -> REPOSITORY + "_layers/sha256/" + hex(k) + "/link");
    }

    /** Keys in the order of the numbers of the blobs. */
    private interface Family {
        String key(long blob);
    }

    private String hex(long k) {
        String first = String.format("%016x", k * step);
        return first + first + first + first;
    }

    private static String manifest(long number) {
        return String.format("%064x", number);
    }

    private boolean isNeeded(long k) {
        return k % GARBAGE_EACH != 0;
    }

    boolean exists(Family family, long k) {
        return (family != families.get(1) || isNeeded(k)) && !deleted.contains(family.key(k));
    }

    int deletedData() {
        return (int) deleted.stream().filter(key -> key.endsWith("/data")).count();
    }

    private Optional<byte[]> content(ObjectKey key) {
        String text = key.value();
        if (text.startsWith(REVISIONS)) {
            String hex = text.substring(REVISIONS.length(), REVISIONS.length() + 64);
            return Long.parseUnsignedLong(hex, 48, 64, 16) < blobs / 10 + 1 && hex.startsWith("0".repeat(48))
                    ? Optional.of(("sha256:" + hex).getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        }
        for (Family family : families) {
            long k = first(family, text, true);
            if (k < blobs && family.key(k).equals(text) && exists(family, k)) {
                boolean link = text.endsWith("/link");
                return Optional.of((link ? "sha256:" + hex(k) : "").getBytes(StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /** Returns the first blob whose key is at or behind a text. */
    private long first(Family family, String text, boolean orEqual) {
        long low = 0;
        long high = blobs;
        while (low < high) {
            long middle = (low + high) >>> 1;
            int order = family.key(middle).compareTo(text);
            if (order < 0 || order == 0 && !orEqual) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        ListPage written = super.list(request);
        TreeSet<String> names = new TreeSet<>(written.names());
        boolean last = written.last();
        for (Family family : families) {
            last &= add(family, request, names);
        }
        List<String> page = new ArrayList<>(names);
        return page.size() > request.limit()
                ? new ListPage(page.subList(0, request.limit()), false)
                : new ListPage(page, last);
    }

    private boolean add(Family family, ListRequest request, Set<String> names) {
        String prefix = request.prefix().value();
        int added = 0;
        long k = request.after().compareTo(prefix) > 0
                ? first(family, request.after(), false)
                : first(family, prefix, true);
        while (k < blobs && added < request.limit() + 1) {
            String key = family.key(k);
            if (!key.startsWith(prefix)) {
                break;
            }
            int slash = request.grouped() ? key.indexOf('/', prefix.length()) : -1;
            String name = slash < 0 ? key : key.substring(0, slash + 1);
            boolean grouped = slash >= 0;
            if ((grouped || exists(family, k)) && (request.after().isEmpty() || !request.after().startsWith(name))) {
                names.add(name);
                added++;
            }
            k = grouped ? first(family, name + "~", true) : k + 1;
        }
        return added <= request.limit();
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        Optional<byte[]> content = content(key);
        return content.isPresent() ? content.map(SyntheticStore::stat) : super.stat(key);
    }

    private static ObjectStat stat(byte[] content) {
        return new ObjectStat(content.length, new ObjectVersion("1"), Instant.EPOCH);
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        Optional<byte[]> content = content(key);
        return content.isPresent()
                ? content.map(bytes -> new ObjectContent(stat(bytes), new ByteArrayInputStream(bytes)))
                : super.open(key, offset, length);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        if (content(key).isPresent()) {
            deleted.add(key.value());
        }
        super.delete(key);
    }

    @Override
    public void apply(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            change.make(this);
        }
    }

    /** Returns the digest of the data of a blob. */
    Digest digest(long k) {
        return Digest.parse("sha256:" + hex(k));
    }

    /** Returns this store. */
    ObjectStore store() {
        return this;
    }
}
