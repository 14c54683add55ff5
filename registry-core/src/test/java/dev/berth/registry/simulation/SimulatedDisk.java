package dev.berth.registry.simulation;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Objects, and which changes of them a power cut may still lose. Who changes something makes durable, when the call returns,
 * what it has changed itself and what could be seen when the call began: {@link ObjectStore}.
 */
final class SimulatedDisk implements Machine {
    private static final String STAGING = Keys.STAGING.value();

    private final TreeMap<String, Stored> objects = new TreeMap<>();
    private final List<Change> unsynced = new ArrayList<>();
    private final DiskStore store;
    private final IntUnaryOperator choose;
    private Call current = new Call(0);
    private long changes;
    private int boots;

    /**
     * Creates a disk.
     *
     * @param choose returns any number below another one
     * @param clock the store's
     * @param traits what the store can do
     */
    SimulatedDisk(IntUnaryOperator choose, Schedule clock, DiskStore.Traits traits) {
        this.choose = choose;
        this.store = new DiskStore(this, clock, traits);
    }

    /** An object. */
    record Stored(byte[] bytes, String version, long modified) {}

    /** A call in progress: the changes of others before this one will be durable when it returns. */
    private static final class Call {
        private final long begin;

        Call(long begin) {
            this.begin = begin;
        }
    }

    /** An object as it was before a change. */
    private record Change(
            long number, Call by, String key, @Nullable Stored before, boolean lasting) {}

    TreeMap<String, Stored> all() {
        return objects;
    }

    /** Changes an object. */
    void change(String key, @Nullable Stored after, boolean lasting) {
        Stored before = after == null ? objects.remove(key) : objects.put(key, after);
        unsynced.add(new Change(changes++, current, key, before, lasting));
    }

    int boots() {
        return boots;
    }

    @Override
    public ObjectStore objects() {
        return store;
    }

    @Override
    public Object begin() {
        return new Call(changes);
    }

    @Override
    public void acts(Object call) {
        current = (Call) call;
    }

    @Override
    public void returns(Object call) {
        Map<String, Long> synced = new HashMap<>();
        for (Change change : unsynced) {
            if (change.lasting && (change.number < ((Call) call).begin || change.by == call)) {
                synced.put(change.key, change.number);
            }
        }
        unsynced.removeIf(change -> synced.getOrDefault(change.key, -1L) >= change.number);
    }

    /** Loses some of the changes that were not synced: of each object those after any point, of other objects others. */
    @Override
    public void cutPower() {
        boots++;
        Map<String, List<Change>> byKey = new TreeMap<>();
        unsynced.forEach(change ->
                byKey.computeIfAbsent(change.key, key -> new ArrayList<>()).add(change));
        unsynced.clear();
        for (Map.Entry<String, List<Change>> entry : byKey.entrySet()) {
            int all = entry.getValue().size();
            // What is staged has all bytes of which somebody was told, or is gone.
            int kept = entry.getKey().startsWith(STAGING) ? all * choose.applyAsInt(2) : choose.applyAsInt(all + 1);
            if (kept < all) {
                Stored before = entry.getValue().get(kept).before;
                if (before == null) {
                    objects.remove(entry.getKey());
                } else {
                    objects.put(entry.getKey(), before);
                }
            }
        }
    }

    @Override
    public void close() {}
}
