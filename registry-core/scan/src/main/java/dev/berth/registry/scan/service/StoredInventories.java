package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.eventlog.WholeObject;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.scan.inventory.LayerInventories;
import dev.berth.registry.scan.inventory.LayerInventory;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the inventories of layers in an object store, below {@code _berth/scan/inventories/}, compressed, by the digests of the
 * layers: what several images share is read once, and a rescan reads no layer. Thread-safe; any number of processes may share
 * the store.
 *
 * <p>It keeps to a number of bytes: {@link #sweep} removes what was written first, until there is room. Between two sweeps a
 * process adds nothing to a store that is full as far as it knows. A store that fails costs time only: then the layer is read.
 *
 * @since 0.1
 */
public final class StoredInventories implements LayerInventories {
    private static final Logger LOG = LoggerFactory.getLogger(StoredInventories.class);
    private static final KeyPrefix INVENTORIES = KeyPrefix.of(Keys.SCANS + "inventories/");

    /** A larger one is read again each time. */
    private static final int LARGEST = 16 * 1024 * 1024;

    /** More is not an inventory, but a bomb. */
    private static final int LARGEST_TEXT = 256 * 1024 * 1024;

    private final ObjectStore store;
    private final long maxBytes;
    private final AtomicLong held = new AtomicLong();

    private StoredInventories(ObjectStore store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
    }

    /**
     * Returns what keeps inventories in a store, which may be that of the registry, and is not closed.
     *
     * @param maxBytes how many bytes are kept at most, about
     * @throws IllegalArgumentException if that is negative
     */
    public static StoredInventories in(ObjectStore store, long maxBytes) {
        if (maxBytes < 0) {
            throw new IllegalArgumentException("A number of bytes cannot be negative: " + maxBytes);
        }
        return new StoredInventories(Objects.requireNonNull(store, "store"), maxBytes);
    }

    @Override
    public Optional<LayerInventory> find(Digest layer) {
        try {
            Optional<WholeObject> found = WholeObject.open(store, key(layer));
            if (found.isEmpty() || found.get().content().length == 0) {
                return Optional.empty();
            }
            return LayerInventory.parse(decompress(found.get().content()))
                    .filter(inventory -> inventory.layer().equals(layer));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("The inventory of the layer {} cannot be read; the layer is read again", layer, e);
            return Optional.empty();
        }
    }

    @Override
    public void keep(LayerInventory inventory) {
        byte[] content = compress(inventory.toJson());
        if (content.length > LARGEST || held.get() + content.length > maxBytes) {
            return;
        }
        try {
            // One that is there was made by an earlier version, or is damaged.
            if (store.put(key(inventory.layer()), content, PutCondition.always())
                    .isPresent()) {
                held.addAndGet(content.length);
            }
        } catch (IOException e) {
            LOG.warn("The inventory of the layer {} was not kept", inventory.layer(), e);
        }
    }

    private record Kept(ObjectKey key, long size, Instant written) {}

    /**
     * Removes the oldest inventories until the rest leaves a tenth of the room free. Looks at each of them.
     *
     * @throws dev.berth.registry.RegistryException if the store fails
     */
    public void sweep() {
        StoreCalls.act("keep inventories of layers within their room", this::sweepAll);
    }

    private void sweepAll() throws IOException {
        List<Kept> all = new ArrayList<>();
        long sum = 0;
        ListRequest request = ListRequest.tree(INVENTORIES);
        while (true) {
            ListPage page = store.list(request);
            for (String name : page.names()) {
                ObjectKey key = ObjectKey.of(name);
                Optional<ObjectStat> stat = store.stat(key);
                if (stat.isPresent()) {
                    all.add(new Kept(key, stat.get().size(), stat.get().lastModified()));
                    sum += stat.get().size();
                }
            }
            if (page.last() || page.names().isEmpty()) {
                break;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
        if (sum > maxBytes - maxBytes / 10) {
            all.sort(Comparator.comparing(Kept::written));
            for (Kept kept : all) {
                if (sum <= maxBytes - maxBytes / 10) {
                    break;
                }
                store.delete(kept.key());
                sum -= kept.size();
            }
        }
        held.set(sum);
    }

    private static ObjectKey key(Digest layer) {
        return INVENTORIES.key(Keys.segments(layer));
    }

    private static byte[] compress(byte[] json) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static byte[] decompress(byte[] content) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(content))) {
            byte[] json = gzip.readNBytes(LARGEST_TEXT + 1);
            if (json.length > LARGEST_TEXT) {
                throw new IllegalArgumentException("It has more than " + LARGEST_TEXT + " bytes");
            }
            return json;
        }
    }
}
