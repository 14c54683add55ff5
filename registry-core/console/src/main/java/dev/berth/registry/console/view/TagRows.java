package dev.berth.registry.console.view;

import dev.berth.registry.Tag;
import dev.berth.registry.console.catalog.ImageSummary;
import dev.berth.registry.console.catalog.RepositoryRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Some tags of a repository.
 *
 * @param rows what there is on this page
 * @param page the number of this page, from 1
 * @param pages how many there are, at least 1
 * @param total how many tags there are
 */
public record TagRows(List<Row> rows, int page, int pages, int total) {

    /** Copies the list. */
    public TagRows {
        rows = List.copyOf(rows);
    }

    /** A tag and what is known of the image that it names. */
    public record Row(Tag tag, ImageSummary image) {}

    /** In which order. */
    public enum Order {
        /** What was pushed last comes first. */
        NEWEST,
        /** The highest version comes first. */
        VERSION
    }

    /**
     * Returns a page. A number beyond the last one is that of the last one.
     *
     * @param repository its tags
     * @param order in which order
     * @param page the number, from 1
     * @param most how many rows
     */
    public static TagRows of(RepositoryRecord repository, Order order, int page, int most) {
        List<Row> all = new ArrayList<>();
        repository
                .tags()
                .forEach((tag, digest) -> repository.image(tag).ifPresent(image -> all.add(new Row(tag, image))));
        all.sort(comparator(order));
        int pages = Math.max(1, (all.size() + most - 1) / most);
        int shown = Math.min(pages, Math.max(1, page));
        return new TagRows(
                all.subList((shown - 1) * most, Math.min(all.size(), shown * most)), shown, pages, all.size());
    }

    private static Comparator<Row> comparator(Order order) {
        if (order == Order.VERSION) {
            return Comparator.comparing(Row::tag, new VersionOrder().reversed());
        }
        Comparator<Row> byAge =
                Comparator.<Row, Instant>comparing(row -> row.image().age()).reversed();
        return byAge.thenComparing(Row::tag);
    }
}
