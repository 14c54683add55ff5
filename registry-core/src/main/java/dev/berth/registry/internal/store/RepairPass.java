package dev.berth.registry.internal.store;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A pass over the {@linkplain RepairJournal repair journal}, the newest entries first: what was in progress when a process
 * died is among them. Any number of threads may take steps of the same pass at the same time.
 */
public final class RepairPass {
    private static final int MOST_REMEMBERED = 10_000;

    private final ObjectStore store;
    private final RepairReplay replay;
    private final RepairReplay.SecondLook secondLook;
    private final Instant over;
    private final ReentrantLock lock = new ReentrantLock();
    private final Iterator<ObjectKey> keys;
    private final Deque<ObjectKey> givenUp = new ArrayDeque<>();
    private final Set<RepairEntry> seen = new HashSet<>();
    private int removed;

    /** @param over entries from before this time are deleted when they have been replayed */
    RepairPass(ObjectStore store, RepairReplay replay, RepairReplay.SecondLook secondLook, Instant over) {
        this.store = store;
        this.replay = replay;
        this.secondLook = secondLook;
        this.over = over;
        this.keys = StoredNames.level(
                store,
                "look for unfinished deletions",
                Keys.REPAIRS,
                Optional.empty(),
                OptionalLong.empty(),
                name -> Optional.of(Keys.repair(name)));
    }

    /**
     * Replays the next entry, and deletes it if it is old enough.
     *
     * @param mayGoOn is asked during a long repair. If the repair may not go on, it is left to a later step
     * @return false if no entry is left that another thread is not working on
     */
    public boolean step(BooleanSupplier mayGoOn) throws IOException {
        ObjectKey key = next();
        if (key == null) {
            return false;
        }
        Optional<RepairEntry> entry = SmallObject.read(store, key).flatMap(object -> RepairEntry.parse(object.text()));
        // What is deleted again and again has many entries, which all ask for the same repair.
        if (entry.isPresent() && isFirst(entry.get()) && !replay.replay(entry.get(), secondLook, mayGoOn)) {
            giveUp(key, entry.get());
        } else if (entry.isEmpty() || entry.get().since().isBefore(over)) {
            store.delete(key);
            countRemoved();
        }
        return true;
    }

    /** Returns how many entries this pass has completed and deleted. */
    public int removed() {
        lock.lock();
        try {
            return removed;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable ObjectKey next() {
        lock.lock();
        try {
            return keys.hasNext() ? keys.next() : givenUp.poll();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFirst(RepairEntry entry) {
        lock.lock();
        try {
            if (seen.size() == MOST_REMEMBERED) {
                seen.clear();
            }
            return seen.add(entry.at(Instant.EPOCH));
        } finally {
            lock.unlock();
        }
    }

    private void giveUp(ObjectKey key, RepairEntry entry) {
        lock.lock();
        try {
            seen.remove(entry.at(Instant.EPOCH));
            givenUp.add(key);
        } finally {
            lock.unlock();
        }
    }

    private void countRemoved() {
        lock.lock();
        try {
            removed++;
        } finally {
            lock.unlock();
        }
    }
}
