package dev.berth.registry.internal.store;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * What was derived from content that does not change, and can be derived again: compressed, below a prefix, within a number of
 * bytes. {@link #sweep} removes what was written first, until there is room. Between two sweeps a process adds nothing to a store
 * that is full as far as it knows. Thread-safe; any number of processes may share the store.
 */
public final class DerivedObjects {
    /** A larger one is derived again each time. */
    private static final int LARGEST = 16 * 1024 * 1024;

    /** More is a bomb. */
    private static final int LARGEST_PLAIN = 256 * 1024 * 1024;

    private final ObjectStore store;
    private final KeyPrefix prefix;
    private final long maxBytes;
    private final AtomicLong held = new AtomicLong();

    /**
     * Does no I/O.
     *
     * @param maxBytes how many bytes are kept at most, about
     */
    public DerivedObjects(ObjectStore store, KeyPrefix prefix, long maxBytes) {
        this.store = store;
        this.prefix = prefix;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns what is kept.
     *
     * @param name the key below the prefix
     * @throws IOException if the store fails, or it is damaged
     */
    public Optional<byte[]> find(String name) throws IOException {
        Optional<ObjectContent> found = store.open(prefix.key(name), 0, LARGEST);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            return content.stat().size() == 0 ? Optional.empty() : Optional.of(decompress(content.stream()));
        }
    }

    /** Keeps something, if there is room. */
    public void keep(String name, byte[] plain) throws IOException {
        byte[] content = compress(plain);
        if (content.length > LARGEST || held.get() + content.length > maxBytes) {
            return;
        }
        // One that is there was made by an earlier version, or is damaged.
        if (store.put(prefix.key(name), content, PutCondition.always()).isPresent()) {
            held.addAndGet(content.length);
        }
    }

    private record Kept(ObjectKey key, long size, Instant written) {}

    /** Removes the oldest objects until the rest leaves a tenth of the room free. Looks at each of them. */
    public void sweep() throws IOException {
        List<Kept> all = all();
        long sum = all.stream().mapToLong(Kept::size).sum();
        long most = maxBytes - maxBytes / 10;
        if (sum > most) {
            all.sort(Comparator.comparing(Kept::written));
            for (Kept kept : all) {
                if (sum <= most) {
                    break;
                }
                store.delete(kept.key());
                sum -= kept.size();
            }
        }
        held.set(sum);
    }

    private List<Kept> all() throws IOException {
        List<Kept> all = new ArrayList<>();
        ListRequest request = ListRequest.tree(prefix);
        while (true) {
            ListPage page = store.list(request);
            for (String name : page.names()) {
                ObjectKey key = ObjectKey.of(name);
                Optional<ObjectStat> stat = store.stat(key);
                stat.ifPresent(found -> all.add(new Kept(key, found.size(), found.lastModified())));
            }
            if (page.last() || page.names().isEmpty()) {
                return all;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }

    private static byte[] compress(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] decompress(InputStream stream) throws IOException {
        // The whole object first: a failure of the store is not damage.
        byte[] content = stream.readAllBytes();
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            byte[] plain = gzip.readNBytes(LARGEST_PLAIN + 1);
            if (plain.length > LARGEST_PLAIN) {
                throw new IOException("It has more than " + LARGEST_PLAIN + " bytes");
            }
            return plain;
        }
    }
}
