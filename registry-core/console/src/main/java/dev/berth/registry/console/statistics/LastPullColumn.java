package dev.berth.registry.console.statistics;

import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.TagColumn;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.TagRows;
import dev.berth.registry.pulls.RepositoryPulls;
import java.util.List;

/** When tags were pulled last. */
final class LastPullColumn implements TagColumn {
    private final VisitPulls pulls;

    LastPullColumn(VisitPulls pulls) {
        this.pulls = pulls;
    }

    @Override
    public String title() {
        return "Last pull";
    }

    @Override
    public List<Html> cells(Visit visit, RepositoryRecord repository, List<TagRows.Row> rows) {
        RepositoryPulls known = pulls.of(visit, repository.name());
        return rows.stream()
                .map(row -> known.of(row.tag())
                        .map(ofTag -> Texts.ago(ofTag.last(), visit.now()))
                        .orElse(Html.nothing()))
                .toList();
    }
}
