package dev.berth.registry;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A listing that is fetched as it is read: nothing happens before {@link #iterator()}, {@link #stream()} or
 * {@link #toList()}, and no more is fetched than is read (give or take a page).
 *
 * <p>Immutable: {@link #after} and {@link #limit} return other listings. Each iteration is a new one and shows what
 * exists at its time; what changes while it runs may or may not appear. A listing may be used by many threads, an
 * iterator by one. Failures come out of the iteration as {@link RegistryException}.
 *
 * @param <T> what is listed
 */
public final class Listing<T> implements Iterable<T> {
    private final Source<T> source;
    private final @Nullable T after;
    private final long limit;

    private Listing(Source<T> source, @Nullable T after, long limit) {
        this.source = source;
        this.after = after;
        this.limit = limit;
    }

    /** Returns the listing that this source delivers, from the beginning and without a limit. */
    public static <T> Listing<T> of(Source<T> source) {
        return new Listing<>(Objects.requireNonNull(source, "source"), null, Long.MAX_VALUE);
    }

    /** Returns the part behind this entry, which need not exist itself. Replaces an earlier call. */
    public Listing<T> after(T last) {
        return new Listing<>(source, Objects.requireNonNull(last, "last"), limit);
    }

    /**
     * Returns at most this many entries.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Listing<T> limit(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("The limit of a listing cannot be negative: " + count);
        }
        return new Listing<>(source, after, Math.min(limit, count));
    }

    /** Begins to fetch the entries. */
    @Override
    public Iterator<T> iterator() {
        if (limit == 0) {
            return List.<T>of().iterator();
        }
        OptionalLong wanted = limit == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(limit);
        return new Limited<>(source.open(Optional.ofNullable(after), wanted), limit);
    }

    /** Begins to fetch the entries. The stream need not be closed. */
    public Stream<T> stream() {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Fetches the entries into a list. */
    public List<T> toList() {
        return stream().toList();
    }

    /**
     * Where a listing comes from.
     *
     * @param <T> what is listed
     */
    @FunctionalInterface
    public interface Source<T> {

        /**
         * Begins an iteration.
         *
         * @param after deliver only what comes behind this entry
         * @param wanted how many entries will be read at most, if that is known: fetching more is wasted
         */
        Iterator<T> open(Optional<T> after, OptionalLong wanted);
    }

    private static final class Limited<T> implements Iterator<T> {
        private final Iterator<T> entries;
        private long left;

        Limited(Iterator<T> entries, long limit) {
            this.entries = entries;
            this.left = limit;
        }

        @Override
        public boolean hasNext() {
            return left > 0 && entries.hasNext();
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            left--;
            return entries.next();
        }
    }
}
