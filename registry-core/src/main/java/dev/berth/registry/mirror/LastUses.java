package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * When images were used last, in the store: a batch for each flush of each node. Of several entries of one image the latest
 * counts, so that batches can be merged by anyone, at any time, more than once.
 */
final class LastUses {
    /** So many batches are merged into one. */
    private static final int MANY = 20;

    private final ObjectStore store;
    private final KeyPrefix prefix;
    private final String node = UUID.randomUUID().toString();
    private long number;

    LastUses(ObjectStore store, String mirror) {
        this.store = store;
        this.prefix = ShelfRecords.below(mirror, "used");
    }

    /** Writes a batch. */
    void write(Map<ImageId, Instant> uses, Instant now) throws IOException {
        number++;
        String name = String.format(Locale.ROOT, "%012d-%s-%d", now.getEpochSecond(), node, number);
        StringBuilder text = new StringBuilder();
        uses.forEach((id, time) -> text.append(id.repository())
                .append(' ')
                .append(id.digest())
                .append(' ')
                .append(time.toEpochMilli())
                .append('\n'));
        store.put(prefix.key(name), text.toString().getBytes(StandardCharsets.UTF_8), PutCondition.always());
    }

    /** Reads all batches, and merges them if they are many. */
    Map<ImageId, Instant> read(Set<ImageId> images, Instant now) throws IOException {
        Map<ImageId, Instant> uses = new HashMap<>();
        List<String> names = names();
        for (String name : names) {
            read(ObjectKey.of(name), uses);
        }
        uses.keySet().retainAll(images);
        if (names.size() >= MANY) {
            write(uses, now);
            for (String name : names) {
                store.delete(ObjectKey.of(name));
            }
        }
        return uses;
    }

    private List<String> names() throws IOException {
        // Those beyond a page are read once these are merged.
        ListPage page = store.list(ListRequest.tree(prefix));
        return page.names();
    }

    private void read(ObjectKey key, Map<ImageId, Instant> uses) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            return;
        }
        try (ObjectContent content = found.get()) {
            new String(content.stream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> add(line, uses));
        }
    }

    private static void add(String line, Map<ImageId, Instant> uses) {
        List<String> fields = List.of(line.split(" ", -1));
        if (fields.size() != 3) {
            return;
        }
        try {
            ImageId id = new ImageId(RepositoryName.parse(fields.get(0)), Digest.parse(fields.get(1)));
            uses.merge(
                    id,
                    Instant.ofEpochMilli(Long.parseLong(fields.get(2))),
                    (one, other) -> one.isAfter(other) ? one : other);
        } catch (IllegalArgumentException e) {
            // Cut or damaged.
            return;
        }
    }
}
