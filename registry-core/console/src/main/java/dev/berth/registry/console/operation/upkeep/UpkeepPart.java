package dev.berth.registry.console.operation.upkeep;

import dev.berth.registry.console.operation.Desk;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.MenuEntry;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Visit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The upkeep of the registry, for its administrators. */
public final class UpkeepPart implements ConsolePart {
    static final String OVERVIEW = "operations/";
    static final String STORAGE = "operations/storage";
    static final String COLLECTION = "operations/collection";
    static final String SCRUB = "operations/scrub";
    static final String TRASH = "operations/trash";
    static final String AUDIT = "operations/audit";

    /** Makes the part. */
    public UpkeepPart() {
        // Nothing to set.
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        Map<String, Pages> pages = new HashMap<>();
        pages.put(OVERVIEW, new OverviewPage(frame));
        pages.put(STORAGE, new StoragePage(new Desk(frame, STORAGE)));
        pages.putAll(new CollectionPages(new Desk(frame, COLLECTION)).pages());
        pages.putAll(new ScrubPages(new Desk(frame, SCRUB)).pages());
        pages.putAll(new TrashPages(new Desk(frame, TRASH)).pages());
        pages.put(AUDIT, new AuditPage(new Desk(frame, AUDIT)));
        return Map.copyOf(pages);
    }

    @Override
    public List<MenuEntry> operations() {
        return List.of(
                entry("Overview", OVERVIEW),
                entry("Storage", STORAGE),
                entry("Collection", COLLECTION),
                entry("Scrub", SCRUB),
                entry("Trash", TRASH),
                entry("Audit", AUDIT));
    }

    private static MenuEntry entry(String title, String path) {
        return new MenuEntry(title, path, UpkeepPart::isShown);
    }

    private static boolean isShown(Visit visit) {
        return Upkeep.of(visit).isAllowed();
    }
}
