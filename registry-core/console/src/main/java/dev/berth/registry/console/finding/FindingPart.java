package dev.berth.registry.console.finding;

import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.SafetyLists;
import dev.berth.registry.console.page.ComparisonSection;
import dev.berth.registry.console.page.ConsolePart;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.ImageSection;
import dev.berth.registry.console.page.MenuEntry;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.TagColumn;
import dev.berth.registry.scan.known.KnownImages;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What the console shows of the safety of images. Thread-safe. */
public final class FindingPart implements ConsolePart {
    private final KnownImages known;
    private final Catalog catalog;
    private final SafetyLists safety;

    /**
     * Makes it, and lets the lists ask what is known.
     *
     * @param known what is known of images
     */
    public FindingPart(KnownImages known, Catalog catalog, SafetyLists safety) {
        this.known = Objects.requireNonNull(known, "known");
        this.catalog = catalog;
        this.safety = safety;
        safety.source(new KnownSafety(known));
    }

    @Override
    public Map<String, Pages> pages(Frame frame) {
        Addresses addresses = new Addresses(frame.links());
        return Map.of(
                Addresses.CVE,
                new CvePage(frame, addresses, known, catalog, safety),
                Addresses.PACKAGES,
                new PackagesPage(
                        frame, addresses, known, catalog, safety, new ImagePackagesPage(frame, addresses, known)),
                Addresses.SCAN,
                new ScanPage(addresses));
    }

    @Override
    public List<MenuEntry> menu() {
        return List.of(new MenuEntry("Security", Addresses.PACKAGES, visit -> true));
    }

    @Override
    public List<ImageSection> imageSections(Frame frame) {
        Addresses addresses = new Addresses(frame.links());
        return List.of(
                new FindingsSection(known, addresses),
                new SignaturesSection(known, addresses),
                new SbomSection(known, addresses),
                new GateSection(known));
    }

    @Override
    public List<ComparisonSection> comparisonSections(Frame frame) {
        return List.of(new PackagesComparison(known, new Addresses(frame.links())));
    }

    @Override
    public List<TagColumn> tagColumns(Frame frame) {
        return List.of(SafetyColumns.findings(safety), SafetyColumns.signed(safety));
    }
}
