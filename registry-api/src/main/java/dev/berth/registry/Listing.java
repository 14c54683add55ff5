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
 * A listing whose entries are fetched lazily, page by page. Nothing is fetched before {@link #iterator()},
 * {@link #stream()} or {@link #toList()} is called, and at most one page is fetched ahead of the reader.
 *
 * <p>Immutable: {@link #after}, {@link #limit}, {@link #filter} and {@link #map} return other listings. Each iteration
 * starts anew and reflects the state at that time; concurrent changes may or may not appear in it. A listing is
 * thread-safe, an iterator is not. Failures are thrown by the iteration as {@link RegistryException}.
 *
 * <p>The methods combine as follows. {@code limit}, {@code filter} and {@code map} apply in the order of the calls, as
 * in a stream: {@code filter(p).limit(5)} has the first five entries that match, {@code limit(5).filter(p)} has the
 * matching entries of the first five. {@code after} always refers to a position in the source, wherever it is called:
 * {@code after(x).filter(p).limit(5)} and {@code filter(p).limit(5).after(x)} are the same. A limit before any filter
 * is passed to the registry as the number of entries to fetch; with a limit after a filter, the registry returns pages
 * of its default size.
 *
 * @param <T> the type of the entries
 * @param <C> the type of a position in the source: the name or tag itself, or the digest of a referrer
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

    /** Returns the whole listing of a source, without a limit. */
    public static <T, C> Listing<T, C> of(Source<T, C> source) {
        return new Listing<>(Objects.requireNonNull(source, "source"), null, Long.MAX_VALUE);
    }

    /**
     * Returns the entries after this position of the source. No entry need exist at the position. Replaces the position
     * of an earlier call.
     */
    public Listing<T, C> after(C position) {
        return new Listing<>(source, Objects.requireNonNull(position, "position"), limit);
    }

    /**
     * Returns at most this many entries.
     *
     * @throws IllegalArgumentException if the number is negative
     */
    public Listing<T, C> limit(long count) {
        if (count < 0) {
            throw new IllegalArgumentException("The limit of a listing cannot be negative: " + count);
        }
        return new Listing<>(source, after, Math.min(limit, count));
    }

    /** Returns the entries that match. The predicate is called during iteration, once for each entry. */
    public Listing<T, C> filter(Predicate<? super T> wanted) {
        Objects.requireNonNull(wanted, "wanted");
        // The number of entries to fetch is unknown, since some do not match.
        return derived((position, most) ->
                stream(open(position, OptionalLong.empty())).filter(wanted).iterator());
    }

    /**
     * Returns the result of the function for each entry, which must not be null. The function is called during
     * iteration.
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

    /** Starts an iteration. */
    @Override
    public Iterator<T> iterator() {
        return open(Optional.ofNullable(after), OptionalLong.empty());
    }

    /**
     * Starts an iteration for a listing that is made of this one, in its {@link Source#open}.
     *
     * @param position the position after which the entries start, instead of that of {@link #after}; empty for all entries
     * @param wanted the maximum number of entries that will be read, if known
     */
    public Iterator<T> open(Optional<C> position, OptionalLong wanted) {
        long most = Math.min(limit, wanted.orElse(Long.MAX_VALUE));
        if (most == 0) {
            return Collections.emptyIterator();
        }
        OptionalLong told = most == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(most);
        return new Limited<>(source.open(position, told), most);
    }

    /** Starts an iteration as a stream. The stream need not be closed. */
    public Stream<T> stream() {
        return stream(iterator());
    }

    private static <T> Stream<T> stream(Iterator<T> iterator) {
        return StreamSupport.stream(
                Spliterators.spliteratorUnknownSize(iterator, Spliterator.ORDERED | Spliterator.NONNULL), false);
    }

    /** Fetches all entries into a list. */
    public List<T> toList() {
        return stream().toList();
    }

    /**
     * The source of a listing.
     *
     * @param <T> the type of the entries
     * @param <C> the type of a position
     * @since 0.1
     */
    @FunctionalInterface
    public interface Source<T, C> {

        /**
         * Starts an iteration.
         *
         * @param after the position after which the entries start; empty for all entries
         * @param wanted the maximum number of entries that will be read, if known; there is no use in fetching more
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
