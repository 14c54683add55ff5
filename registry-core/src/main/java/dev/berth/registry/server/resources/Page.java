package dev.berth.registry.server.resources;

import dev.berth.registry.Listing;
import dev.berth.registry.internal.wire.LinkHeader;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.RegistryResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * A page of a listing: as many entries as the parameter {@code n} asks for, and whether there are more.
 *
 * @param <T> the type of the entries
 * @param entries the entries of the page
 * @param more whether something follows
 */
record Page<T>(List<T> entries, boolean more) {
    /** The largest page. A list without a page size is cut here as well, with a link to the next page. */
    static final int LONGEST = 10_000;

    /** Returns the page that the parameter {@code n} asks for. */
    static <T> Page<T> of(Listing<T, ?> listing, QueryParameters query) {
        OptionalLong wanted = query.pageSize();
        int size = (int) Math.min(wanted.orElse(LONGEST), LONGEST);
        Iterator<T> iterator = listing.limit(size + 1L).iterator();
        List<T> entries = new ArrayList<>();
        // The first entry is fetched even for an empty page, to check that the repository exists.
        boolean more = iterator.hasNext();
        while (more && entries.size() < size) {
            entries.add(iterator.next());
            more = iterator.hasNext();
        }
        return new Page<>(entries, more && size > 0);
    }

    /** Adds the link to the next page, if there is one. */
    RegistryResponse.Builder link(RegistryResponse.Builder response, String path, QueryParameters query) {
        if (more) {
            QueryParameters.Builder next = QueryParameters.builder();
            query.pageSize().ifPresent(size -> next.add("n", Math.min(size, LONGEST)));
            next.add("last", entries.get(entries.size() - 1));
            response.header(WireHeaders.LINK, LinkHeader.formatNext(path + next.build()));
        }
        return response;
    }
}
