package dev.berth.registry.console.finding;

import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.Names;
import java.util.List;

/**
 * Some of a list.
 *
 * @param rows what is shown
 * @param page the number of this page, from 1
 * @param pages how many there are, at least 1
 */
record Paged<T>(List<T> rows, int page, int pages) {

    /** Returns the page that was asked for, or the last one. */
    static <T> Paged<T> of(Visit visit, List<T> all, int most) {
        int pages = Math.max(1, (all.size() + most - 1) / most);
        int asked = Names.number(visit.asked(Links.PAGE)).orElse(1);
        int page = Math.min(pages, Math.max(1, asked));
        return new Paged<>(all.subList((page - 1) * most, Math.min(all.size(), page * most)), page, pages);
    }
}
