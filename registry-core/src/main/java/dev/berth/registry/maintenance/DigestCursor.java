package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A listing in the order of digests, of which all entries of one digest are taken at a time. For one thread. */
final class DigestCursor<E> {
    /** The order of keys that have the algorithm and the hexadecimal digits as segments. */
    static final Comparator<Digest> ORDER =
            Comparator.comparing((Digest digest) -> digest.algorithm().id()).thenComparing(Digest::hex);

    private final Iterator<E> entries;
    private final Function<E, Digest> digest;
    private @Nullable E next;

    DigestCursor(Iterator<E> entries, Function<E, Digest> digest) {
        this.entries = entries;
        this.digest = digest;
        advance();
    }

    private void advance() {
        next = entries.hasNext() ? entries.next() : null;
    }

    /** Returns the digest of the next entry, or null at the end. */
    @Nullable Digest peek() {
        E entry = next;
        return entry == null ? null : digest.apply(entry);
    }

    /**
     * Takes all entries of a digest.
     *
     * @param most how many are returned at most; the others are skipped
     */
    Taken<E> take(Digest wanted, int most) {
        List<E> taken = new ArrayList<>();
        boolean all = true;
        for (E entry = next; entry != null && digest.apply(entry).equals(wanted); entry = next) {
            if (taken.size() < most) {
                taken.add(entry);
            } else {
                all = false;
            }
            advance();
        }
        return new Taken<>(taken, all);
    }

    /**
     * Entries of one digest.
     *
     * @param all whether there are no others
     */
    record Taken<E>(List<E> entries, boolean all) {}
}
