package dev.berth.registry.console.catalog;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.SortableName;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Tells other nodes which records were written. An object for each time that a node tells something, whose name begins with
 * the time, so that reading on costs one listing. For one thread.
 */
final class Journal {
    /** By how much the clocks of nodes may differ, or an entry may be late. */
    private static final Duration LATE = Duration.ofMinutes(2);

    /** Who has not read for longer reads all records anyway. */
    private static final Duration KEPT = Duration.ofDays(1);

    private static final int MOST_DELETED = 200;
    private static final int LONGEST = 4 * 1024 * 1024;

    private final ObjectStore store;
    private final KeyPrefix prefix;
    private final InstantSource clock;
    private final String node = UUID.randomUUID().toString();
    private long told;
    private Instant from;

    /** What was read since then, or written here: read once. */
    private final Map<String, Instant> seen = new LinkedHashMap<>();

    Journal(ObjectStore store, KeyPrefix prefix, InstantSource clock) {
        this.store = store;
        this.prefix = prefix;
        this.clock = clock;
        this.from = clock.instant().minus(LATE);
    }

    /** Tells of records that were written. */
    void tell(Collection<RepositoryName> names) throws IOException {
        Instant now = clock.instant();
        String name = stamp(now) + "-" + node + "-" + told++;
        StringBuilder lines = new StringBuilder();
        names.forEach(
                repository -> lines.append(SortableName.encode(repository)).append('\n'));
        seen.put(name, now);
        var unused =
                store.put(prefix.key(name), lines.toString().getBytes(StandardCharsets.UTF_8), PutCondition.ifAbsent());
    }

    /** Returns the records that others have written since the last time. */
    Set<RepositoryName> read() throws IOException {
        Instant start = clock.instant();
        Set<RepositoryName> names = new LinkedHashSet<>();
        ListRequest request =
                ListRequest.tree(prefix).after(prefix.key(stamp(from)).value());
        while (true) {
            ListPage page = store.list(request);
            List<String> keys = page.names();
            for (String key : keys) {
                String name = key.substring(prefix.value().length());
                if (seen.putIfAbsent(name, start) == null) {
                    read(ObjectKey.of(key), names);
                }
            }
            if (page.last() || keys.isEmpty()) {
                break;
            }
            request = request.after(keys.get(keys.size() - 1));
        }
        from = start.minus(LATE);
        seen.values().removeIf(time -> time.isBefore(from.minus(LATE)));
        return names;
    }

    private void read(ObjectKey key, Set<RepositoryName> names) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, LONGEST);
        if (found.isEmpty()) {
            return;
        }
        try (ObjectContent content = found.get()) {
            new String(content.stream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .flatMap(line -> SortableName.decode(line).stream())
                    .forEach(names::add);
        }
    }

    /** Deletes entries that nobody reads any more. */
    void forget() throws IOException {
        String old = prefix.key(stamp(clock.instant().minus(KEPT))).value();
        for (String key :
                store.list(ListRequest.tree(prefix).limit(MOST_DELETED)).names()) {
            if (key.compareTo(old) >= 0) {
                return;
            }
            store.delete(ObjectKey.of(key));
        }
    }

    /** Milliseconds, with as many digits as they have for the next centuries. */
    private static String stamp(Instant time) {
        return String.format(Locale.ROOT, "%014d", Math.max(0, time.toEpochMilli()));
    }
}
