package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.view.TagRows;
import java.util.Locale;

/** The tags of a repository with what is known of their images. */
public final class TagsResource implements ApiResource {
    private static final int ROWS = 100;
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_PAGES = 100_000;

    private final Catalog catalog;

    /** Makes it of what is known of repositories. */
    public TagsResource(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public String path() {
        return "tags/";
    }

    @Override
    public ObjectNode answer(ApiCall call) {
        TagRows.Order order =
                call.query().text("order").map(TagsResource::order).orElse(TagRows.Order.NEWEST);
        return Documents.tags(TagRows.of(
                catalog.seen(call.registry(), call.repository()),
                order,
                call.query().number("page", 1, MOST_PAGES),
                call.query().number("limit", ROWS, MOST_ROWS)));
    }

    private static TagRows.Order order(String text) {
        try {
            return TagRows.Order.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.REQUEST_INVALID, "The parameter 'order' is 'newest' or 'version'", e);
        }
    }
}
