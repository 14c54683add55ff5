package dev.berth.registry.console.operation.mirror;

import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.operation.Manager;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.MenuEntry;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Mirrors and replication, as far as the visitor manages them. */
public final class MirrorPart implements ConsolePart {
    private static final String MIRRORS = "operations/mirrors";
    private static final String REPLICATION = "operations/replication";

    /** Makes the part. */
    public MirrorPart() {
        // Nothing to set.
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        Map<String, Pages> pages = new HashMap<>();
        pages.putAll(new MirrorPages(new Desk(frame, MIRRORS)).pages());
        pages.putAll(new ReplicationPages(new Desk(frame, REPLICATION)).pages());
        return Map.copyOf(pages);
    }

    @Override
    public List<MenuEntry> operations() {
        return List.of(
                entry("Mirrors", MIRRORS, Manager::managesSomething),
                entry("Replication", REPLICATION, Manager::administrator));
    }

    private static MenuEntry entry(String title, String path, Predicate<Manager> shown) {
        Predicate<Visit> there = visit -> visit.management().has(Apis.MIRRORS);
        return new MenuEntry(title, path, there.and(visit -> shown.test(Manager.of(visit))));
    }
}
