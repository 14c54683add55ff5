package dev.berth.registry.quota;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectVersion;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The counter of a pattern in the store, and as this node knows it. Not thread-safe. */
final class SharedCounter {
    private final NamePattern pattern;
    private final ObjectKey key;
    private final QuotaStore store;
    private final Consumer<Counter> seen;
    private final Runnable unanswered;
    private @Nullable Counter counter;
    private Optional<ObjectVersion> version = Optional.empty();
    private boolean stored;

    /**
     * Creates one.
     *
     * @param seen is told each state that was read or written
     * @param unanswered is told that a change may have been made or not
     */
    SharedCounter(NamePattern pattern, QuotaStore store, Consumer<Counter> seen, Runnable unanswered) {
        this.pattern = pattern;
        this.key = QuotaKeys.counter(pattern);
        this.store = store;
        this.seen = seen;
        this.unanswered = unanswered;
    }

    /** Lets the next change read the counter. */
    void forget() {
        counter = null;
    }

    /**
     * Changes the counter, if the edit of a copy says so; one that says no is asked again with the counter as it is now.
     * Returns whether it was changed.
     */
    boolean change(Predicate<Counter> edit) throws IOException {
        Backoff backoff = new Backoff();
        while (true) {
            boolean fresh = counter == null;
            if (fresh) {
                load();
            }
            Counter next = known().copy();
            if (!edit.test(next)) {
                if (fresh) {
                    return false;
                }
                counter = null;
                continue;
            }
            Optional<ObjectVersion> written = replace(next);
            if (written.isPresent()) {
                version = written;
                stored = true;
                counter = next;
                seen.accept(next);
                return true;
            }
            counter = null;
            backoff.next("the use of " + pattern);
        }
    }

    /** Returns the counter as the last change has found or left it. */
    Counter known() {
        if (counter == null) {
            throw new IllegalStateException("The use of " + pattern + " was not read");
        }
        return counter;
    }

    /** Returns whether the counter was there when it was read last; without it, each read looks at all tables. */
    boolean isStored() {
        return stored;
    }

    private Optional<ObjectVersion> replace(Counter next) throws IOException {
        try {
            return store.replaceForDeletion(key, version, next.text(pattern));
        } catch (IOException e) {
            counter = null;
            unanswered.run();
            throw e;
        }
    }

    private void load() throws IOException {
        QuotaStore.Saved saved = store.read(key);
        Counter read = Counter.parse(saved.lines());
        if (saved.lines().isEmpty()) {
            // The pattern is new; its repositories may have been counted for another one.
            for (int table = 0; table < QuotaKeys.TABLES; table++) {
                boolean unused = read.set(
                        table, UseTable.parse(store.read(QuotaKeys.table(table)).lines()), pattern);
            }
        }
        stored = !saved.lines().isEmpty();
        version = saved.version();
        counter = read;
        seen.accept(read);
    }
}
