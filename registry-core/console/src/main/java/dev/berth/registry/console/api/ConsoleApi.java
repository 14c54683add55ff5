package dev.berth.registry.console.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.search.Search;
import dev.berth.registry.console.view.RepositoryRows;
import dev.berth.registry.console.view.TagRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Answers the questions of the JSON API. Thread-safe. */
public final class ConsoleApi {
    private static final int ROWS = 100;
    private static final int MOST_ROWS = 1_000;
    private static final int MOST_PAGES = 100_000;

    private final Catalog catalog;
    private final Search search;
    private final byte[] description;

    /** Makes the API of some lists. */
    public ConsoleApi(Catalog catalog) {
        this.catalog = catalog;
        this.search = new Search(catalog.cards());
        try (InputStream resource = ConsoleApi.class.getResourceAsStream("openapi.json")) {
            if (resource == null) {
                throw new IllegalStateException("The module lacks the description of its API");
            }
            this.description = resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the description of the API, in OpenAPI 3.1. */
    public byte[] description() {
        return description.clone();
    }

    /**
     * Returns repositories in the order of their names, or those that fit a search.
     *
     * @param view the registry as the caller may see it
     * @param visible whether the caller may see a repository
     */
    public ObjectNode repositories(Registry view, Predicate<RepositoryName> visible, ApiQuery query) {
        int most = query.number("limit", ROWS, MOST_ROWS);
        Optional<String> words = query.text("q");
        if (words.isPresent()) {
            int page = query.number("page", 1, MOST_ROWS);
            return Documents.found(search.find(words.get(), visible, (page - 1) * most, most));
        }
        return Documents.repositories(RepositoryRows.of(view, catalog.cards(), query.repository("after"), most));
    }

    /**
     * Returns the tags of a repository with what is known of their images.
     *
     * @param view the registry as the caller may see it
     * @throws RegistryException with {@link ErrorCode#REQUEST_INVALID} for parameters that are none, with
     *     {@link ErrorCode#NAME_UNKNOWN} if there is no such repository
     */
    public ObjectNode tags(Registry view, RepositoryName repository, ApiQuery query) {
        TagRows.Order order = query.text("order").map(ConsoleApi::order).orElse(TagRows.Order.NEWEST);
        return Documents.tags(TagRows.of(
                catalog.seen(view, repository),
                order,
                query.number("page", 1, MOST_PAGES),
                query.number("limit", ROWS, MOST_ROWS)));
    }

    private static TagRows.Order order(String text) {
        try {
            return TagRows.Order.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.REQUEST_INVALID, "The parameter 'order' is 'newest' or 'version'", e);
        }
    }
}
