package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.catalog.SafetyLists;
import dev.berth.registry.console.view.TagRows;
import dev.berth.registry.pulls.RepositoryPulls;
import java.util.Locale;
import java.util.function.Function;

/** The tags of a repository with what is known of their images. */
public final class TagsResource implements ApiResource {
    private static final int ROWS = 100;
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_PAGES = 100_000;

    private final Catalog catalog;
    private final SafetyLists safety;
    private final Function<RepositoryName, RepositoryPulls> pulls;

    /** Makes it of what is known of repositories, of the safety of images, and of pulls. */
    public TagsResource(Catalog catalog, SafetyLists safety, Function<RepositoryName, RepositoryPulls> pulls) {
        this.catalog = catalog;
        this.safety = safety;
        this.pulls = pulls;
    }

    @Override
    public String path() {
        return "tags/";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        TagRows.Order order =
                call.query().text("order").map(TagsResource::order).orElse(TagRows.Order.NEWEST);
        RepositoryName name = call.repository();
        RepositoryRecord repository = catalog.seen(call.registry(), name);
        TagRows rows = TagRows.of(
                repository,
                order,
                call.query().number("page", 1, MOST_PAGES),
                call.query().number("limit", ROWS, MOST_ROWS));
        ObjectNode document = Documents.tags(rows, pulls.apply(name));
        SafetyFields.add(document, safety.of(repository));
        return document;
    }

    private static TagRows.Order order(String text) {
        try {
            return TagRows.Order.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.REQUEST_INVALID, "The parameter 'order' is 'newest' or 'version'", e);
        }
    }
}
