package dev.berth.registry.internal.eventlog;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The right of one node at a time to do something, as an object that is changed by conditional puts. It is over when the
 * holder gives it back, or when another node has seen it unchanged for as long as it lasts, by its own clock. Each time it
 * is taken it has a higher term. Thread-safe.
 *
 * <p>The holder can say something in it that the others read: a text.
 */
public final class StoreLease {
    /** What leases of this process are known by: of a store that belongs to one process, others are over. */
    private static final String PROCESS = UUID.randomUUID().toString();

    private static final String NOBODY = "-";
    private static final Pattern GRAMMAR = Pattern.compile(
            "berth-lease 1\nholder (\\S+)\nprocess (\\S+)\nterm (\\d{1,18})\nbeat \\S+\n\n(.*)", Pattern.DOTALL);

    private final ObjectStore store;
    private final ObjectKey key;
    private final String node;
    private final Duration duration;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable ObjectVersion version;
    private volatile boolean mine;
    private volatile long validUntil;
    private volatile long term;
    private volatile String text = "";
    private @Nullable ObjectVersion seen;
    private long seenSince;

    /**
     * Creates a view of a lease.
     *
     * @param node of whom there is one lease with this key only
     * @param duration how long it lasts without being renewed
     * @param clock names terms above those of an object that was deleted
     */
    public StoreLease(
            ObjectStore store,
            ObjectKey key,
            String node,
            Duration duration,
            InstantSource clock,
            LongSupplier nanoTime) {
        this.store = store;
        this.key = key;
        this.node = node;
        this.duration = duration;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** What is in the object. */
    private record State(String holder, String process, long term, String text, ObjectVersion version) {}

    /** Returns whether this node has the lease, as far as its own clock can tell. Does no I/O. */
    public boolean held() {
        return mine && nanoTime.getAsLong() - validUntil < 0;
    }

    /** Returns the term in which this node has it, or had it last. */
    public long term() {
        return term;
    }

    /** Returns what its holder has said, as of the last call that has looked. */
    public String text() {
        return text;
    }

    /** Takes the lease if nobody has it, and returns whether this node has it now. */
    public boolean acquire(String newText) throws IOException {
        lock.lock();
        try {
            if (held()) {
                return true;
            }
            mine = false;
            long now = nanoTime.getAsLong();
            Optional<State> found = read();
            if (found.isPresent() && !free(found.get(), now)) {
                return false;
            }
            long next = Math.max(found.map(State::term).orElse(0L) + 1, clock.millis());
            return write(node, next, newText, found.map(State::version), now);
        } finally {
            lock.unlock();
        }
    }

    private boolean free(State state, long now) {
        if (state.holder().equals(NOBODY)
                || state.holder().equals(node)
                || store.exclusive() && !state.process().equals(PROCESS)) {
            return true;
        }
        if (!state.version().equals(seen)) {
            seen = state.version();
            seenSince = now;
            return false;
        }
        return now - seenSince >= duration.toNanos();
    }

    /** Renews the lease, and returns whether this node still has it. */
    public boolean renew(String newText) throws IOException {
        lock.lock();
        try {
            if (!mine) {
                return false;
            }
            long now = nanoTime.getAsLong();
            if (write(node, term, newText, Optional.ofNullable(version), now)) {
                return true;
            }
            // It may have been written by an earlier call that has failed all the same.
            return confirmed() && write(node, term, newText, Optional.ofNullable(version), now);
        } finally {
            lock.unlock();
        }
    }

    /** Asks the store whether nobody else has taken the lease, and returns that. If so, nobody had when this began. */
    public boolean confirm() throws IOException {
        lock.lock();
        try {
            return mine && confirmed();
        } finally {
            lock.unlock();
        }
    }

    private boolean confirmed() throws IOException {
        Optional<State> found = read();
        mine = found.isPresent()
                && found.get().holder().equals(node)
                && found.get().term() == term;
        version = mine ? found.get().version() : null;
        return mine;
    }

    /** Gives the lease back, if this node has it. */
    public void release(String newText) throws IOException {
        lock.lock();
        try {
            if (mine) {
                mine = false;
                // If it fails, somebody else has it already.
                boolean unused = write(NOBODY, term, newText, Optional.ofNullable(version), nanoTime.getAsLong());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Looks what its holder says, and since when it is the same; returns whether anybody has it. */
    public boolean look() throws IOException {
        lock.lock();
        try {
            Optional<State> found = read();
            return found.isPresent() && !free(found.get(), nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    private Optional<State> read() throws IOException {
        Optional<WholeObject> found = WholeObject.open(store, key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Matcher state = GRAMMAR.matcher(new String(found.get().content(), StandardCharsets.UTF_8));
        if (!state.matches()) {
            // Damaged: whoever comes first writes it anew.
            return Optional.of(new State(NOBODY, NOBODY, 0, "", found.get().version()));
        }
        text = state.group(4);
        return Optional.of(new State(
                state.group(1),
                state.group(2),
                Long.parseLong(state.group(3)),
                text,
                found.get().version()));
    }

    /** Each content is another one, since a store may tell versions by it. */
    private boolean write(String holder, long newTerm, String newText, Optional<ObjectVersion> expected, long now)
            throws IOException {
        String content = "berth-lease 1\nholder " + holder + "\nprocess " + PROCESS + "\nterm " + newTerm + "\nbeat "
                + UUID.randomUUID() + "\n\n" + newText;
        Optional<ObjectVersion> written = store.put(
                key,
                content.getBytes(StandardCharsets.UTF_8),
                expected.map(PutCondition::ifUnchanged).orElseGet(PutCondition::ifAbsent));
        if (written.isEmpty()) {
            return false;
        }
        version = written.get();
        term = newTerm;
        text = newText;
        validUntil = now + duration.toNanos();
        mine = holder.equals(node);
        return true;
    }
}
