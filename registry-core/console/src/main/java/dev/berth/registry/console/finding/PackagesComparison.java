package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.ComparisonSection;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.scan.difference.ChangedPackage;
import dev.berth.registry.scan.difference.ImageDifference;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.service.PlatformDifference;
import java.util.ArrayList;
import java.util.List;

/** The packages and findings that differ between two images. */
record PackagesComparison(KnownImages known, Addresses addresses) implements ComparisonSection {
    private static final int MOST_ROWS = 200;

    @Override
    public Html show(Visit visit, ImageView from, ImageView to) {
        List<PlatformDifference> differences;
        try {
            differences = known.reports()
                    .difference(known.registry().repository(to.repository()), from.digest(), to.digest());
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.MANIFEST_INVALID && e.code() != ErrorCode.MANIFEST_UNKNOWN) {
                throw e;
            }
            return Html.nothing();
        }
        boolean scanned = isScanned(from) && isScanned(to);
        return Html.of(differences.stream()
                .map(difference -> Html.of(packages(difference), findings(difference.difference(), scanned))));
    }

    private Html packages(PlatformDifference difference) {
        if (!difference.packagesKnown()) {
            return Section.of(
                    "Packages", P.of(css("calm"), text("It is not known what is in both: their layers were not read here.")));
        }
        ImageDifference between = difference.difference();
        List<List<Html>> rows = new ArrayList<>();
        between.changedPackages().forEach(changed -> rows.add(changed(changed)));
        between.addedPackages().forEach(added -> rows.add(row(added, text("–"), version(added), "added")));
        between.removedPackages().forEach(gone -> rows.add(row(gone, version(gone), text("–"), "gone")));
        return rows.isEmpty()
                ? Section.of("Packages", P.of(css("calm"), text("Both have the same packages.")))
                : Section.of(
                        "Packages",
                        Tables.of(
                                "packages",
                                List.of("Package", "From", "To", "Change"),
                                rows.subList(0, Math.min(MOST_ROWS, rows.size()))),
                        more(rows.size(), "package"));
    }

    private static List<Html> changed(ChangedPackage changed) {
        String word = switch (changed.direction()) {
            case UPGRADED -> "newer";
            case DOWNGRADED -> "older";
            case CHANGED -> "changed";
        };
        return row(changed.after(), version(changed.before()), version(changed.after()), word);
    }

    private static List<Html> row(ImagePackage one, Html from, Html to, String change) {
        return List.of(LongText.name(one.found().name()), from, to, text(change));
    }

    private static Html version(ImagePackage one) {
        return LongText.name(one.found().version());
    }

    /** Without a report of both, their difference is empty, which says nothing. */
    private boolean isScanned(ImageView image) {
        return known.scans().of(image.repository(), image.digest()).report().isPresent();
    }

    private Html findings(ImageDifference between, boolean scanned) {
        if (!scanned) {
            return Section.of(
                    "Findings", P.of(css("calm"), text("They cannot be compared before both are scanned.")));
        }
        List<List<Html>> rows = new ArrayList<>();
        between.newFindings().forEach(finding -> rows.add(row(finding, "new")));
        between.goneFindings().forEach(finding -> rows.add(row(finding, "gone")));
        Html same = P.of(
                css("calm"),
                text(between.sameFindings().isEmpty()
                        ? "There are none in both."
                        : Texts.count(between.sameFindings().size(), "finding") + " in both."));
        return Section.of(
                "Findings",
                rows.isEmpty()
                        ? Html.nothing()
                        : Tables.of(
                                "findings",
                                List.of("Finding", "Change", "Severity", "Package", "Version", "Fixed in"),
                                rows.subList(0, Math.min(MOST_ROWS, rows.size()))),
                more(rows.size(), "finding"),
                same);
    }

    private List<Html> row(Finding finding, String change) {
        return List.of(
                addresses.cveLink(finding.id()),
                text(change),
                Severities.named(finding.severity()),
                LongText.name(finding.packageName()),
                LongText.name(finding.version()),
                FindingsSection.fixed(finding));
    }

    private static Html more(int number, String what) {
        return number > MOST_ROWS
                ? P.of(css("note"), text(Texts.count(number - MOST_ROWS, "more " + what)))
                : Html.nothing();
    }
}
