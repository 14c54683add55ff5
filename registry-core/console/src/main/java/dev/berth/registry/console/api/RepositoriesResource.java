package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.console.view.RepositoryRows;
import java.util.Optional;

/** Repositories in the order of their names, or those that fit a search. */
public final class RepositoriesResource implements ApiResource {
    private static final int ROWS = 100;
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_PAGES = 1_000;

    private final Cards cards;
    private final Search search;

    /** Makes it of what is known of repositories. */
    public RepositoriesResource(Cards cards) {
        this.cards = cards;
        this.search = new Search(cards);
    }

    @Override
    public String path() {
        return "repositories";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        int most = call.query().number("limit", ROWS, MOST_ROWS);
        Optional<String> words = call.query().text("q");
        if (words.isPresent()) {
            int page = call.query().number("page", 1, MOST_PAGES);
            return Documents.found(search.find(words.get(), call::maySee, (page - 1) * most, most));
        }
        return Documents.repositories(
                RepositoryRows.of(call.registry(), cards, call.query().repository("after"), most));
    }
}
