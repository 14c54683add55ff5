package dev.berth.registry.mirror;

import dev.berth.registry.RegistryException;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A list that the upstream registry sends page by page while a client reads it. What fails behind the first page is told to
 * the client as any other failure: that the upstream registry refuses the mirror is no challenge to the client.
 */
final class UpstreamListing<T> implements Iterator<T> {
    private final Iterator<T> pages;
    private final String what;

    private UpstreamListing(Iterator<T> pages, String what) {
        this.pages = pages;
        this.what = what;
    }

    /**
     * Opens a list. Its first page comes within the deadline; the client of the upstream registry limits the others.
     *
     * @throws RegistryException as the upstream registry says
     */
    static <T> Iterator<T> open(UpstreamCalls calls, Duration deadline, String what, Supplier<Iterator<T>> open) {
        return calls.call(UUID.randomUUID(), deadline, what, () -> {
            Iterator<T> pages = open.get();
            boolean unused = pages.hasNext();
            return new UpstreamListing<>(pages, what);
        });
    }

    @Override
    public boolean hasNext() {
        return told(pages::hasNext);
    }

    @Override
    public T next() {
        return told(pages::next);
    }

    private <R> R told(Supplier<R> step) {
        try {
            return step.get();
        } catch (RegistryException e) {
            throw Outage.of(e).forClient(what);
        }
    }
}
