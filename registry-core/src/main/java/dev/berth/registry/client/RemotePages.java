package dev.berth.registry.client;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.http.Addresses;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.LinkHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/**
 * Iterates over a listing in pages, each of which links to the next one. A link back to an earlier page, and a listing
 * without end, are errors. For one thread.
 *
 * @param <T> what is listed
 */
final class RemotePages<T> implements Iterator<T> {
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int MOST_PAGES = 10_000;
    private static final int MOST_EMPTY_PAGES = 100;

    /** Fetches pages. */
    interface Source<T> {

        /** Returns the request for a page. */
        ApiRequest request(URI address);

        /** Reads the entries of a page. */
        List<T> read(IncomingResponse page) throws TransportException;

        /**
         * Selects the wanted entries of a page. Called once for each page, in order.
         *
         * @param linked whether the page before has linked to this one
         */
        List<T> wanted(List<T> entries, boolean linked);

        /**
         * Returns the address after a page without a link, to which no page has linked; empty for the end.
         *
         * @param entries all entries of the page
         * @param wanted those of them that are wanted
         */
        Optional<URI> withoutLink(List<T> entries, List<T> wanted);
    }

    /** A page. */
    private record Page<T>(List<T> entries, Optional<URI> link) {}

    private final ApiClient client;
    private final Source<T> source;
    private final String what;
    private Optional<URI> next;
    private boolean linked;
    private Iterator<T> page = Collections.emptyIterator();
    private int entries;
    private int pages;
    private int emptyPages;
    // Hashes of the earlier pages: there may be many, and their addresses may be long.
    private final Set<Long> addresses = new HashSet<>();
    private final Set<Long> contents = new HashSet<>();

    /** @param what what is listed, to follow "Could not list" */
    RemotePages(ApiClient client, URI first, Source<T> source, String what) {
        this.client = client;
        this.next = Optional.of(first);
        this.source = source;
        this.what = what;
    }

    @Override
    public boolean hasNext() {
        while (!page.hasNext() && next.isPresent()) {
            fetch(next.get());
        }
        return page.hasNext();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return page.next();
    }

    private void fetch(URI address) {
        requireNew(address);
        Page<T> fetched =
                client.read(source.request(address), response -> new Page<>(source.read(response), link(response)));
        requireNew(fetched.entries);
        List<T> wanted = source.wanted(fetched.entries, linked);
        // A registry that sends links sends one as long as there is more.
        next = linked ? fetched.link : fetched.link.or(() -> source.withoutLink(fetched.entries, wanted));
        linked = fetched.link.isPresent();
        requireAnEnd(fetched.entries);
        page = wanted.iterator();
    }

    private Optional<URI> link(IncomingResponse response) {
        for (String value : response.headers(WireHeaders.LINK)) {
            Optional<String> target = LinkHeader.parseNext(value);
            if (target.isPresent()) {
                return Optional.of(Addresses.resolve(response.address(), target.get())
                        .orElseThrow(() -> endless("its link to the next page is not an address")));
            }
        }
        return Optional.empty();
    }

    private void requireNew(URI address) {
        if (!addresses.add(hash(List.of(address)))) {
            throw endless("its link to the next page leads back to an earlier one");
        }
    }

    /** A circle may have a new address each time. */
    private void requireNew(List<T> found) {
        boolean isNew = contents.add(hash(found));
        if (linked && !isNew && !found.isEmpty()) {
            throw endless("its link to the next page leads back to what an earlier one had");
        }
    }

    private static long hash(List<?> parts) {
        Hasher hash = Hashing.sipHash24().newHasher();
        parts.forEach(part -> hash.putUnencodedChars(part.toString()).putChar('\n'));
        return hash.hash().asLong();
    }

    private void requireAnEnd(List<T> found) {
        pages++;
        entries += found.size();
        emptyPages = found.isEmpty() ? emptyPages + 1 : 0;
        if (emptyPages >= MOST_EMPTY_PAGES) {
            throw endless("it sends page after page with nothing on it");
        }
        boolean many = pages >= MOST_PAGES || entries >= MOST_ENTRIES;
        if (many && next.isPresent()) {
            throw endless("it has sent " + entries + " entries on " + pages + " pages, and still there are more");
        }
    }

    private RegistryException endless(String why) {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE, "Could not list " + what + ": the registry answers oddly, " + why);
    }
}
