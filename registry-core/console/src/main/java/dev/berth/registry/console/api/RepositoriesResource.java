package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.catalog.Cards;
import dev.berth.registry.console.catalog.Standing;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.console.view.RepositoryOrder;
import dev.berth.registry.console.view.RepositoryRows;
import java.util.Optional;

/** Repositories in the order of their names, or those that fit a search. */
public final class RepositoriesResource implements ApiResource {
    private static final int ROWS = 100;
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_PAGES = 1_000;

    /** How many are kept in memory for a page of them in another order than that of names. */
    private static final int MOST_SORTED = 10_000;

    private final Cards cards;
    private final Standing standing;
    private final Search search;

    /** Makes it of what is known of repositories. */
    public RepositoriesResource(Cards cards, Standing standing) {
        this.cards = cards;
        this.standing = standing;
        this.search = new Search(cards, standing);
    }

    @Override
    public String path() {
        return "repositories";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        int most = call.query().number("limit", ROWS, MOST_ROWS);
        RepositoryDocuments documents = new RepositoryDocuments(standing, call.visitor()::isPublic);
        Optional<String> words = call.query().text("q");
        if (words.isPresent()) {
            int page = call.query().number("page", 1, MOST_PAGES);
            return documents.found(search.find(words.get(), call::maySee, (page - 1) * most, most));
        }
        RepositoryOrder order =
                call.query().text("sort").map(RepositoriesResource::order).orElse(RepositoryOrder.NAME);
        if (order == RepositoryOrder.NAME) {
            return documents.of(
                    RepositoryRows.of(call.registry(), cards, call.query().repository("after"), most));
        }
        int page = call.query().number("page", 1, Math.max(1, MOST_SORTED / most));
        return documents.of(
                RepositoryRows.highest(cards, call::maySee, card -> order.rate(card, standing), page, most));
    }

    private static RepositoryOrder order(String text) {
        return RepositoryOrder.of(text)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.REQUEST_INVALID, "The parameter 'sort' is 'name', 'pushed' or 'pulls'"));
    }
}
