package dev.berth.registry.pulls;

import dev.berth.registry.internal.store.Keys;
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
import java.util.UUID;

/** What nodes have counted and nobody has merged yet: each batch is an object of its own, in the order of time. */
final class Batches {
    /** How many are looked at in one go. */
    static final int MOST = 1_000;

    private static final KeyPrefix PREFIX = KeyPrefix.of(Keys.PULLS + "batches/");

    private final ObjectStore store;
    private final KnownBatches known = new KnownBatches();
    private final String node = UUID.randomUUID().toString();
    private long number;

    Batches(ObjectStore store) {
        this.store = store;
    }

    /** Returns a name that no other batch has. */
    String newName(Instant now) {
        number++;
        return String.format(Locale.ROOT, "%012d-%s-%d", now.getEpochSecond(), node, number);
    }

    /** Returns when a batch was named, by the clock of its node. */
    static Instant time(String name) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(name.substring(0, Math.max(0, name.indexOf('-')))));
        } catch (NumberFormatException e) {
            return Instant.EPOCH;
        }
    }

    /** Writes a batch, unless it is there. */
    void write(String name, Map<PulledOn, Pulls> counts) throws IOException {
        StringBuilder text = new StringBuilder();
        counts.forEach((pulled, pulls) -> PullText.append(text, pulled.pulled(), pulls));
        store.put(PREFIX.key(name), text.toString().getBytes(StandardCharsets.UTF_8), PutCondition.ifAbsent());
        known.add(name, counts);
    }

    /** Returns the names of batches, without a path: the first {@value #MOST}. */
    ListPage list() throws IOException {
        ListPage page = store.list(ListRequest.tree(PREFIX).limit(MOST));
        List<String> names = page.names().stream()
                .map(name -> name.substring(PREFIX.value().length()))
                .toList();
        known.retain(names);
        return new ListPage(names, page.last());
    }

    /** Returns what is in a batch, which is read once; empty if it was merged and deleted. */
    Optional<Map<PulledOn, Pulls>> read(String name) throws IOException {
        Optional<Map<PulledOn, Pulls>> before = known.find(name);
        if (before.isPresent()) {
            return before;
        }
        Optional<ObjectContent> found = store.open(key(name), 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Map<PulledOn, Pulls> counts = new HashMap<>();
        try (ObjectContent content = found.get()) {
            new String(content.stream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> PullText.readByDay(line, counts));
        }
        known.add(name, counts);
        return Optional.of(counts);
    }

    boolean exists(String name) throws IOException {
        return store.stat(key(name)).isPresent();
    }

    void delete(String name) throws IOException {
        store.delete(key(name));
    }

    private static ObjectKey key(String name) {
        return PREFIX.key(name);
    }
}
