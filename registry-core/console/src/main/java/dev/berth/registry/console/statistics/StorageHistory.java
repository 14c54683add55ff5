package dev.berth.registry.console.statistics;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many bytes the storage had on each day, in UTC: one object with a line for each day, {@code 2026-05-01 123}. Any number of
 * nodes write it, by conditional puts; what was written last on a day counts for it. Thread-safe.
 */
public final class StorageHistory {
    /** Three years. */
    private static final int MOST_DAYS = 1_100;

    private static final ObjectKey KEY =
            KeyPrefix.of(Keys.CONSOLE + "statistics/").key("storage");

    private final ObjectStore store;

    private record Stored(SortedMap<LocalDate, Long> days, Optional<ObjectVersion> version) {}

    StorageHistory(ObjectStore store) {
        this.store = store;
    }

    /**
     * Returns how many bytes there were on each day, with one read.
     *
     * @throws dev.berth.registry.RegistryException if the store fails
     */
    public SortedMap<LocalDate, Long> days() {
        return StoreCalls.call(
                "read what the storage had by day", () -> Collections.unmodifiableSortedMap(read().days()));
    }

    /** Writes down what there is today; what is written last counts for the day. */
    void sample(Instant now, long bytes) {
        StoreCalls.act("write down what the storage has today", () -> {
            LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
            Stored stored = read();
            Long before = stored.days().put(today, bytes);
            if (before != null && before == bytes) {
                return;
            }
            while (stored.days().size() > MOST_DAYS) {
                stored.days().remove(stored.days().firstKey());
            }
            StringBuilder text = new StringBuilder();
            stored.days()
                    .forEach((day, used) ->
                            text.append(day).append(' ').append(used).append('\n'));
            PutCondition unchanged =
                    stored.version().map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent);
            // If another node was faster, it has written as much.
            var unused = store.put(KEY, text.toString().getBytes(StandardCharsets.UTF_8), unchanged);
        });
    }

    private Stored read() throws IOException {
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        Optional<ObjectContent> found = store.open(KEY, 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            return new Stored(days, Optional.empty());
        }
        try (ObjectContent content = found.get()) {
            new String(content.stream().readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> read(line, days));
            return new Stored(days, Optional.of(content.stat().version()));
        }
    }

    /** A line that cannot be read is passed over. */
    private static void read(String line, SortedMap<LocalDate, Long> days) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return;
        }
        try {
            long bytes = Long.parseLong(line.substring(space + 1));
            if (bytes >= 0) {
                days.put(LocalDate.parse(line.substring(0, space)), bytes);
            }
        } catch (NumberFormatException | DateTimeException e) {
            return;
        }
    }
}
