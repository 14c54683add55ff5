package dev.berth.registry.console.page;

import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.TagRows;
import java.util.List;

/** A column of the table of tags. Thread-safe. */
public interface TagColumn {

    /** Returns its heading. */
    String title();

    /** Returns whether the visitor sees it. By default everybody does. */
    default boolean isShown(Visit visit, RepositoryRecord repository) {
        return true;
    }

    /**
     * Shows its cells, one for each row and in their order. All at once, so that a page costs the same for any number of rows.
     */
    List<Html> cells(Visit visit, RepositoryRecord repository, List<TagRows.Row> rows);
}
