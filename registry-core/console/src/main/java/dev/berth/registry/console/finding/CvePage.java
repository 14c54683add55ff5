package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.rel;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.DD;
import static dev.berth.registry.console.html.Tag.DL;
import static dev.berth.registry.console.html.Tag.DT;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.catalog.SafetyLists;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.service.AffectedImage;
import dev.berth.registry.scan.service.ImageKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A CVE, or an advisory: what is known of it, and the images that have it and that the visitor may see. */
record CvePage(Frame frame, Addresses addresses, KnownImages known, Catalog catalog, SafetyLists safety)
        implements Pages {
    private static final int ROWS = 25;
    private static final int MOST_NAMES = 20;
    private static final int MOST_LINKS = 10;

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        if (visit.isPost()) {
            return Optional.empty();
        }
        if (rest.isEmpty()) {
            return visit.asked(Addresses.ID)
                    .map(String::strip)
                    .flatMap(addresses::cve)
                    .or(() -> Optional.of(addresses.search()))
                    .map(PageAnswer::seeOther);
        }
        return Addresses.isId(rest) ? Optional.of(PageAnswer.of(page(visit, rest))) : Optional.empty();
    }

    private Element page(Visit visit, String id) {
        Optional<ImageKey> after = Cursor.of(visit);
        List<AffectedImage> found = known.reports().imagesWith(id, visit::maySee, after, ROWS + 1);
        List<AffectedImage> shown = found.subList(0, Math.min(ROWS, found.size()));
        List<Finding> findings = shown.stream()
                .flatMap(image -> rows(image).stream())
                .map(FindingRows.Row::finding)
                .toList();
        Html next = found.size() > ROWS
                ? Tables.next(addresses
                        .cve(id)
                        .orElseThrow()
                        .with(Links.AFTER, shown.get(ROWS - 1).image().toString()))
                : Html.nothing();
        return frame.page(
                visit,
                id,
                P.of(css("path"), A.of(href(addresses.search()), text("Security"))),
                H1.of(text(id)),
                facts(findings, id),
                Section.of(
                        "Images that have it",
                        shown.isEmpty()
                                ? P.of(
                                        css("empty"),
                                        text(
                                                after.isEmpty()
                                                        ? "No scanned image that you may see has it."
                                                        : "There are no more."))
                                : table(shown),
                        next));
    }

    private static Html facts(List<Finding> findings, String id) {
        if (findings.isEmpty()) {
            return Html.nothing();
        }
        List<Html> rows = new ArrayList<>();
        Severity worst = findings.stream()
                .map(Finding::severity)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        findings.stream()
                .map(Finding::summary)
                .filter(summary -> !summary.isBlank())
                .findFirst()
                .ifPresent(summary -> rows.add(fact("What it is", LongText.foreign(summary))));
        rows.add(fact("Severity", Severities.named(worst)));
        List<Html> names = findings.stream()
                .flatMap(finding -> Stream.concat(Stream.of(finding.id()), finding.aliases().stream()))
                .filter(name -> !name.equalsIgnoreCase(id))
                .distinct()
                .limit(MOST_NAMES)
                .map(name -> LI.of(LongText.name(name)))
                .<Html>map(name -> name)
                .toList();
        if (!names.isEmpty()) {
            rows.add(fact("Also called", UL.of(css("plain"), Html.of(names))));
        }
        List<Html> fixes = findings.stream()
                .filter(Finding::hasFix)
                .map(finding ->
                        new Fix(finding.packageName(), finding.fixedVersion().orElseThrow()))
                .distinct()
                .limit(MOST_NAMES)
                .<Html>map(fix -> LI.of(LongText.name(fix.packageName()), text(" "), LongText.name(fix.version())))
                .toList();
        rows.add(fact("Fixed in", fixes.isEmpty() ? text("no version yet") : UL.of(css("plain"), Html.of(fixes))));
        List<Html> links = findings.stream()
                .flatMap(finding -> finding.links().stream())
                .distinct()
                .flatMap(address -> Link.elsewhere(address).stream())
                .limit(MOST_LINKS)
                .<Html>map(link ->
                        LI.of(A.of(href(link), rel("noreferrer noopener nofollow"), LongText.name(link.toString()))))
                .toList();
        if (!links.isEmpty()) {
            rows.add(fact("Read more", UL.of(css("plain"), Html.of(links))));
        }
        return DL.of(css("facts"), Html.of(rows));
    }

    private record Fix(String packageName, String version) {}

    private static Html fact(String title, Html content) {
        return Html.of(DT.of(text(title)), DD.of(content));
    }

    private static List<FindingRows.Row> rows(AffectedImage image) {
        return Stream.concat(
                        image.findings().stream()
                                .map(finding -> new FindingRows.Row(finding, List.of(), Optional.empty())),
                        image.accepted().stream()
                                .map(one ->
                                        new FindingRows.Row(one.finding(), List.of(), Optional.of(one.acceptance()))))
                .toList();
    }

    private Html table(List<AffectedImage> images) {
        ImageNames names = new ImageNames(catalog, safety, addresses);
        boolean accepted = images.stream().anyMatch(image -> !image.accepted().isEmpty());
        List<List<Html>> cells = new ArrayList<>();
        for (AffectedImage image : images) {
            Html name = names.of(image.image());
            List<FindingRows.Row> rows = rows(image);
            for (FindingRows.Row row : rows.subList(0, Math.min(MOST_NAMES, rows.size()))) {
                Finding finding = row.finding();
                List<Html> line = new ArrayList<>(List.of(
                        name,
                        Severities.named(finding.severity()),
                        LongText.name(finding.packageName()),
                        LongText.name(finding.version()),
                        FindingsSection.fixed(finding)));
                if (accepted) {
                    line.add(row.acceptance().map(CvePage::said).orElse(text("yes")));
                }
                cells.add(line);
            }
        }
        List<String> titles = new ArrayList<>(List.of("Image", "Severity", "Package", "Version", "Fixed in"));
        if (accepted) {
            titles.add("Counts");
        }
        return Tables.of("images", titles, cells);
    }

    private static Html said(Acceptance acceptance) {
        return Html.of(text("no: " + FindingsSection.said(acceptance) + ", "), LongText.foreign(acceptance.reason()));
    }
}
