package dev.berth.registry.storage;

import java.util.List;

/**
 * A page of a listing.
 *
 * @param names full names in the order of the bytes of UTF-8: keys and, in a grouped listing, groups that end with a
 *     slash
 * @param last whether no page follows. A page that is not the last one has at least one name; the next page is
 *     requested with {@link ListRequest#after(String)} and the last name of this one
 * @since 0.1
 */
public record ListPage(List<String> names, boolean last) {

    /** Copies the list. */
    public ListPage {
        names = List.copyOf(names);
        if (names.isEmpty() && !last) {
            throw new IllegalArgumentException("A page without names must be the last one");
        }
    }
}
