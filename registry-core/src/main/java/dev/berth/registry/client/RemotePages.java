package dev.berth.registry.client;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.LinkHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Iterates over a listing that comes in pages, each of which tells where the next one is. The link is followed as it is.
 * One that leads back to where it came from, and a listing that does not come to an end, are errors. For one thread.
 *
 * @param <T> what is listed
 */
final class RemotePages<T> implements Iterator<T> {
    private static final int MOST_PAGES = 100_000;
    private static final int MOST_EMPTY_PAGES = 100;

    /** Fetches pages. */
    interface Source<T> {

        /** Returns what asks for a page. */
        ApiRequest request(URI address);

        /** Reads the entries of a page. */
        List<T> read(IncomingResponse page) throws TransportException;

        /** Takes out of a page what is wanted. Called once for each, in their order. */
        List<T> wanted(List<T> entries);

        /**
         * Returns where to go on behind a page without a link; empty where that is the end.
         *
         * @param entries all entries of the page
         * @param wanted those of them that are wanted
         */
        Optional<URI> withoutLink(List<T> entries, List<T> wanted);
    }

    /** What is read of a page. */
    private record Page<T>(List<T> entries, Optional<URI> link) {}

    private final ApiClient client;
    private final Source<T> source;
    private final String what;
    private Optional<URI> next;
    private Iterator<T> page = Collections.emptyIterator();
    private int pages;
    private int emptyPages;
    // Brent's algorithm: one page of the past is remembered, and replaced after twice as many pages each time.
    private String remembered = "";
    private int rememberedAt;

    /** @param what what is listed, to go on "Could not list …" */
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
        requireNew(address.toString());
        Page<T> fetched =
                client.read(source.request(address), response -> new Page<>(source.read(response), link(response)));
        List<T> wanted = source.wanted(fetched.entries);
        next = fetched.link.or(() -> source.withoutLink(fetched.entries, wanted));
        emptyPages = wanted.isEmpty() ? emptyPages + 1 : 0;
        if (emptyPages >= MOST_EMPTY_PAGES) {
            throw endless("it sends page after page with nothing new on it");
        }
        page = wanted.iterator();
    }

    private Optional<URI> link(IncomingResponse response) {
        for (String value : response.headers(WireHeaders.LINK)) {
            Optional<String> target = LinkHeader.parseNext(value);
            if (target.isPresent()) {
                return Optional.of(Addresses.resolve(response.address(), target.get())
                        .orElseThrow(() -> endless("its link to the next page is no address")));
            }
        }
        return Optional.empty();
    }

    private void requireNew(String address) {
        pages++;
        if (address.equals(remembered)) {
            throw endless("its link to the next page leads back to an earlier one");
        }
        if (pages > MOST_PAGES) {
            throw endless("it has sent " + MOST_PAGES + " pages, and there is still another one");
        }
        if (pages >= 2 * rememberedAt) {
            remembered = address;
            rememberedAt = pages;
        }
    }

    private RegistryException endless(String why) {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE, "Could not list " + what + ": the registry answers oddly, " + why);
    }
}
