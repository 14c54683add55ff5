package dev.berth.registry.console.statistics;

import dev.berth.registry.console.api.ApiResource;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.MenuEntry;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.RepositorySection;
import dev.berth.registry.console.page.TagColumn;
import java.util.List;
import java.util.Map;

/** Adds statistics to the console: a page of them, and the pulls of a repository and of its tags on their page. Thread-safe. */
public final class StatisticsPart implements ConsolePart {
    private static final String PATH = "statistics";

    private final StatisticsLists lists;
    private final Catalog catalog;
    private final VisitPulls pulls;

    /** Makes it. */
    public StatisticsPart(StatisticsLists lists, Catalog catalog) {
        this.lists = lists;
        this.catalog = catalog;
        this.pulls = new VisitPulls(lists.pulls());
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        return Map.of(PATH, new StatisticsPage(frame, lists, catalog.cards()));
    }

    @Override
    public List<MenuEntry> menu() {
        return List.of(new MenuEntry("Statistics", PATH, visit -> true));
    }

    @Override
    public List<RepositorySection> repositorySections(Frame frame) {
        return List.of(new PullsSection(frame, pulls));
    }

    @Override
    public List<TagColumn> tagColumns(Frame frame) {
        return List.of(new LastPullColumn(pulls));
    }

    @Override
    public List<ApiResource> api() {
        return List.of(
                new PullsResource(lists.totals(), catalog.cards()),
                new RepositoryPullsResource(lists.pulls(), catalog),
                new StorageResource(lists.storage()));
    }
}
