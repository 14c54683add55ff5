package dev.berth.registry.compose;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.RegistryException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges listings that are in the same order while they are read. Of entries at the same position, the one of the first
 * listing is shown.
 */
final class MergedListing {
    private MergedListing() {}

    /**
     * Returns the merged listing.
     *
     * @param parts what has the listings; one that does not exist is passed over, unless none exists
     * @param list gets the listing of a part
     * @param position gets the position of an entry
     */
    static <P, T, C extends Comparable<? super C>> Listing<T, C> of(
            List<P> parts, Function<P, Listing<T, C>> list, Function<T, C> position) {
        return Listing.of((after, wanted) -> {
            Merge<T, C> merge = new Merge<>(position);
            for (P part : parts) {
                merge.add(list.apply(part), after, wanted);
            }
            return merge.start();
        });
    }

    private static final class Merge<T, C extends Comparable<? super C>> implements Iterator<T> {
        private final Function<T, C> position;
        private final List<Head<T>> heads = new ArrayList<>();
        private @Nullable RegistryException missing;
        private boolean anyExists;

        Merge(Function<T, C> position) {
            this.position = position;
        }

        void add(Listing<T, C> listing, Optional<C> after, OptionalLong wanted) {
            try {
                Head<T> head = new Head<>(listing.open(after, wanted));
                anyExists = true;
                if (head.isPresent()) {
                    heads.add(head);
                }
            } catch (RegistryException e) {
                if (e.code() != ErrorCode.NAME_UNKNOWN) {
                    throw e;
                }
                missing = missing == null ? e : missing;
            }
        }

        Iterator<T> start() {
            if (!anyExists && missing != null) {
                throw missing;
            }
            return this;
        }

        @Override
        public boolean hasNext() {
            heads.removeIf(head -> !head.isPresent());
            return !heads.isEmpty();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            T lowest = heads.get(0).entry();
            for (Head<T> head : heads) {
                if (position.apply(head.entry()).compareTo(position.apply(lowest)) < 0) {
                    lowest = head.entry();
                }
            }
            C done = position.apply(lowest);
            for (Head<T> head : heads) {
                if (position.apply(head.entry()).compareTo(done) == 0) {
                    head.drop();
                }
            }
            return lowest;
        }
    }

    /** An iterator whose next entry can be looked at. The one after it is fetched when it is wanted, and not before. */
    private static final class Head<T> {
        private final Iterator<T> entries;
        private @Nullable T entry;

        Head(Iterator<T> entries) {
            this.entries = entries;
            this.entry = entries.hasNext() ? entries.next() : null;
        }

        boolean isPresent() {
            if (entry == null && entries.hasNext()) {
                entry = entries.next();
            }
            return entry != null;
        }

        T entry() {
            if (entry == null) {
                throw new NoSuchElementException();
            }
            return entry;
        }

        void drop() {
            entry = null;
        }
    }
}
