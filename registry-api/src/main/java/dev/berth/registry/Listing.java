package dev.berth.registry;

import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A listing that is fetched as it is read: nothing happens before {@link #iterator()}, {@link #stream()} or
 * {@link #toList()}, and no more is fetched than is read (give or take a page).
 *
 * <p>Immutable: {@link #after}, {@link #limit}, {@link #filter} and {@link #map} return other listings. Each iteration
 * is a new one and shows what exists at its time; what changes while it runs may or may not appear. A listing may be used
 * by several threads, an iterator by one. Failures come out of the iteration as {@link RegistryException}.
 *
 * <p>The methods combine as follows. {@code limit}, {@code filter} and {@code map} apply in the order of the calls, as
 * those of a stream do: {@code filter(p).limit(5)} has the first five entries that pass, {@code limit(5).filter(p)} has
 * those of the first five that pass. {@code after} always names a position in the source, wherever it is called:
 * {@code after(x).filter(p).limit(5)} and {@code filter(p).limit(5).after(x)} are the same. A registry is told how many
 * entries are wanted where a limit stands before any filter; with a limit behind a filter it delivers its usual pages.
 *
 * @param <T> the entries
 * @param <C> what names a position in the source: the name or tag itself, or the digest of a referrer
 * @since 0.1
 */
public final class Listing<T, C> implements Iterable<T> {
    private final Source<T, C> source;
    private final @Nullable C after;
    private final long limit;

    private Listing(Source<T, C> source, @Nullable C after, long limit) {
        this.source = source;
        this.after = after;
        this.limit = limit;
    }

    /** Returns the listing that this source delivers, from the beginning and without a limit. */
    public static <T, C> Listing<T, C> of(Source<T, C> source) {
        return new Listing<>(Objects.requireNonNull(source, "source"), null, Long.MAX_VALUE);
    }

    /** Returns the part behind this position of the source, where nothing need exist. Replaces an earlier call. */
    public Listing<T, C> after(C position) {
        return new Listing<>(source, Objects.requireNonNull(position, "position"), limit);
    }

    /**
     * Returns at most this many entries.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Listing<T, C> limit(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("The limit of a listing cannot be negative: " + count);
        }
        return new Listing<>(source, after, Math.min(limit, count));
    }

    /** Returns the entries that pass. The predicate is called while the listing is read, once for each entry. */
    public Listing<T, C> filter(Predicate<? super T> wanted) {
        Objects.requireNonNull(wanted, "wanted");
        // How many entries must be fetched for the wanted ones is not known.
        return derived((position, most) ->
                stream(open(position, OptionalLong.empty())).filter(wanted).iterator());
    }

    /**
     * Returns what the function makes of each entry, which must not be null. The function is called while the listing is
     * read.
     */
    public <R> Listing<R, C> map(Function<? super T, ? extends R> function) {
        Objects.requireNonNull(function, "function");
        return derived((position, most) -> {
            Iterator<T> entries = open(position, most);
            return new Iterator<R>() {
                @Override
                public boolean hasNext() {
                    return entries.hasNext();
                }

                @Override
                public R next() {
                    return Objects.requireNonNull(function.apply(entries.next()), "the function returned null");
                }
            };
        });
    }

    private <R> Listing<R, C> derived(Source<R, C> of) {
        return new Listing<>(of, after, Long.MAX_VALUE);
    }

    /** Begins to fetch the entries. */
    @Override
    public Iterator<T> iterator() {
        return open(Optional.ofNullable(after), OptionalLong.empty());
    }

    private Iterator<T> open(Optional<C> position, OptionalLong wanted) {
        long most = Math.min(limit, wanted.orElse(Long.MAX_VALUE));
        if (most == 0) {
            return Collections.emptyIterator();
        }
        OptionalLong told = most == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(most);
        return new Limited<>(source.open(position, told), most);
    }

    /** Begins to fetch the entries. The stream need not be closed. */
    public Stream<T> stream() {
        return stream(iterator());
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Fetches the entries into a list. */
    public List<T> toList() {
        return stream().toList();
    }

    /**
     * Where a listing comes from.
     *
     * @param <T> the entries
     * @param <C> what names a position
     * @since 0.1
     */
    @FunctionalInterface
    public interface Source<T, C> {

        /**
         * Begins an iteration.
         *
         * @param after deliver only what comes behind this position
         * @param wanted how many entries will be read at most, if that is known: fetching more is wasted
         */
        Iterator<T> open(Optional<C> after, OptionalLong wanted);
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
