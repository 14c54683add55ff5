package dev.berth.registry.console.view;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.console.catalog.RepositoryCard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Some repositories in the order of their names.
 *
 * @param rows what there is on this page
 * @param next the name after which the next page begins; empty if this is the last one
 */
public record RepositoryRows(List<Row> rows, Optional<RepositoryName> next) {

    /** Copies the list. */
    public RepositoryRows {
        rows = List.copyOf(rows);
    }

    /**
     * A repository.
     *
     * @param name its name
     * @param card what is known of it; empty if nobody has looked yet
     */
    public record Row(RepositoryName name, Optional<RepositoryCard> card) {}

    /**
     * Returns a page.
     *
     * @param view the registry as the caller may see it
     * @param cards what is known of repositories
     * @param after the last name of the page before; empty for the first page
     * @param most how many rows
     */
    public static RepositoryRows of(Registry view, Cards cards, Optional<RepositoryName> after, int most) {
        var listing = view.repositories().limit(most + 1L);
        List<RepositoryName> names = (after.isPresent() ? listing.after(after.get()) : listing).toList();
        boolean more = names.size() > most;
        List<Row> rows = new ArrayList<>();
        names.stream().limit(most).forEach(name -> rows.add(new Row(name, cards.of(name))));
        return new RepositoryRows(rows, more ? Optional.of(names.get(most - 1)) : Optional.empty());
    }
}
