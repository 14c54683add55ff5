package dev.berth.registry.maintenance;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.LongFunction;

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
                new Family("_berth/index/holders/sha256/", 0, k -> hex(k) + "/big"),
                new Family("_berth/index/references/sha256/", 0, k -> hex(k) + "/big/sha256-" + manifest(k / 10)),
                new Family("docker/registry/v2/blobs/sha256/", 3, k -> hex(k).substring(0, 2) + "/" + hex(k) + "/data"),
                new Family(REPOSITORY + "_layers/sha256/", 0, k -> hex(k) + "/link"));
    }

    /** Keys in the order of the numbers of the blobs, each with the digest at a place behind a prefix. */
    private record Family(String prefix, int digest, LongFunction<String> rest) {
        String key(long blob) {
            return prefix + rest.apply(blob);
        }
    }

    private String hex(long k) {
        String digits = Long.toHexString(k * step);
        String first = "0".repeat(16 - digits.length()) + digits;
        return first + first + first + first;
    }

    private static String manifest(long number) {
        String digits = Long.toHexString(number);
        return "0".repeat(64 - digits.length()) + digits;
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
            long k = text.startsWith(family.prefix) ? number(family, text) : blobs;
            if (k < blobs && family.key(k).equals(text) && exists(family, k)) {
                boolean link = text.endsWith("/link");
                return Optional.of((link ? "sha256:" + hex(k) : "").getBytes(StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    private long number(Family family, String key) {
        int begin = family.prefix.length() + family.digest;
        return key.length() < begin + 16
                ? blobs
                : Long.divideUnsigned(Long.parseUnsignedLong(key, begin, begin + 16, 16), step);
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
            if ((grouped || exists(family, k))
                    && (request.after().isEmpty() || !request.after().startsWith(name))) {
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
        return content.isPresent() ? content.map(SyntheticStore::made) : super.open(key, offset, length);
    }

    private static ObjectContent made(byte[] bytes) {
        InputStream stream = new ByteArrayInputStream(bytes);
        return new ObjectContent() {
            @Override
            public ObjectStat stat() {
                return SyntheticStore.stat(bytes);
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public void close() {}
        };
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
}
