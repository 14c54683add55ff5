package dev.berth.registry.console.page;

import dev.berth.registry.console.api.ApiResource;
import java.util.List;
import java.util.Map;

/** What a part of a registry adds to the console. Thread-safe. */
public interface ConsolePart {

    /**
     * Returns its pages, by their path below that of all pages: {@code operations/trash} answers exactly this path,
     * {@code cve/} all that is below it. The longest path wins.
     */
    default Map<String, Pages> pages(Frame frame) {
        return Map.of();
    }

    /** Returns its entries of the menu at the top of each page. */
    default List<MenuEntry> menu() {
        return List.of();
    }

    /** Returns its entries of the menu of the operations. */
    default List<MenuEntry> operations() {
        return List.of();
    }

    /** Returns its parts of the page of an image. */
    default List<ImageSection> imageSections(Frame frame) {
        return List.of();
    }

    /** Returns its parts of the page of a repository. */
    default List<RepositorySection> repositorySections(Frame frame) {
        return List.of();
    }

    /** Returns its parts of the page that compares two images. */
    default List<ComparisonSection> comparisonSections(Frame frame) {
        return List.of();
    }

    /** Returns its columns of the table of tags. */
    default List<TagColumn> tagColumns(Frame frame) {
        return List.of();
    }

    /** Returns its part of the JSON API. */
    default List<ApiResource> api() {
        return List.of();
    }
}
