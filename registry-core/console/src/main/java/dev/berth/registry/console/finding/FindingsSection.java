package dev.berth.registry.console.finding;

import static dev.berth.registry.console.html.Attributes.aria;
import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.DETAILS;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.NAV;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.SUMMARY;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.ImageSection;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.ShownImage;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.api.ScanApi;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.service.ImageVerdict;
import dev.berth.registry.scan.service.PlatformVerdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The findings of an image, the worst first, and those that are accepted. */
record FindingsSection(KnownImages known, Addresses addresses) implements ImageSection {
    static final String SEVERITY = "severity";
    static final String FIXABLE = "fixable";
    static final String REFERENCE = "reference";

    private static final String YES = "yes";
    private static final int ROWS = 50;
    private static final int MOST_ACCEPTED = 200;
    private static final int MOST_GAPS = 50;

    @Override
    public Html show(Visit visit, ShownImage image) {
        boolean artifact = image.document()
                .filter(document -> document instanceof ImageManifest manifest && !manifest.isContainerImage())
                .isPresent();
        if (artifact) {
            return Html.nothing();
        }
        try {
            Repository repository =
                    known.registry().repository(image.repository().name());
            ImageVerdict verdict =
                    known.reports().image(repository, image.manifest().digest());
            return Section.of("Findings", content(visit, image, verdict));
        } catch (RegistryException e) {
            if (e.code() != ErrorCode.MANIFEST_INVALID && e.code() != ErrorCode.MANIFEST_UNKNOWN) {
                throw e;
            }
            return Section.of("Findings", P.of(text("It cannot be scanned, since it cannot be read.")));
        }
    }

    private Html content(Visit visit, ShownImage image, ImageVerdict verdict) {
        List<Html> parts = new ArrayList<>();
        parts.add(state(visit, verdict));
        boolean reported = verdict.platforms().stream()
                .anyMatch(platform -> platform.judged().isPresent());
        FindingRows rows = FindingRows.of(verdict);
        if (reported) {
            parts.add(rows.open().isEmpty() ? none(rows) : open(visit, image, rows.open(), verdict));
            parts.add(accepted(rows.accepted()));
            parts.add(gaps(verdict));
            parts.add(packages(image, verdict));
        }
        parts.add(scanNow(visit, image, verdict));
        return Html.of(parts);
    }

    private static Html none(FindingRows rows) {
        return P.of(text(
                rows.accepted().isEmpty() ? "Nothing is known against it." : "Nothing is known that is not accepted."));
    }

    /** What holds for all platforms is said once. */
    private static Html state(Visit visit, ImageVerdict image) {
        if (image.platforms().isEmpty()) {
            return P.of(css("calm"), text("It lists no images that could be scanned."));
        }
        List<Html> lines = new ArrayList<>();
        List<String> said = new ArrayList<>();
        for (PlatformVerdict platform : image.platforms()) {
            Verdict verdict = platform.verdict();
            String sentence = sentence(verdict);
            String key = sentence
                    + verdict.reason()
                    + verdict.report().map(ScanReport::scanner).orElse("");
            if (said.contains(key)) {
                continue;
            }
            said.add(key);
            boolean all =
                    image.platforms().stream().allMatch(other -> other.verdict().state() == verdict.state());
            lines.add(P.of(
                    css("calm"),
                    all
                            ? Html.nothing()
                            : Html.of(
                                    LongText.name(platform.platform()
                                            .map(Object::toString)
                                            .orElse("")),
                                    text(": ")),
                    text(sentence),
                    verdict.reason().isEmpty()
                            ? Html.nothing()
                            : Html.of(text(" "), LongText.foreign(verdict.reason())),
                    verdict.report().map(report -> made(visit, report)).orElse(Html.nothing())));
        }
        return Html.of(lines);
    }

    private static String sentence(Verdict verdict) {
        return switch (verdict.state()) {
            case UNSCANNED -> "Nobody has scanned it.";
            case PENDING -> verdict.report().isPresent() ? "It is being scanned again." : "It is being scanned.";
            case SCANNED -> "";
            case FAILED -> "The last scan has failed:";
            case UNSCANNABLE -> "It cannot be scanned:";
        };
    }

    private static Html made(Visit visit, ScanReport report) {
        return Html.of(
                text(" Scanned "),
                Texts.ago(report.scannedAt(), visit.now()),
                text(" by "),
                LongText.name(report.scanner()),
                report.advisoriesAsOf()
                        .<Html>map(time -> Html.of(text(", with advisories of "), Texts.ago(time, visit.now())))
                        .orElse(Html.nothing()),
                text("."));
    }

    private Html open(Visit visit, ShownImage image, List<FindingRows.Row> all, ImageVerdict verdict) {
        Optional<Severity> wanted = visit.asked(SEVERITY).flatMap(FindingsSection::severity);
        boolean fixable = visit.asked(FIXABLE).filter(YES::equals).isPresent();
        List<FindingRows.Row> shown = all.stream()
                .filter(row -> wanted.map(row.finding().severity()::equals).orElse(true))
                .filter(row -> !fixable || row.finding().hasFix())
                .toList();
        Paged<FindingRows.Row> page = Paged.of(visit, shown, ROWS);
        Link here = address(image, wanted, fixable);
        return Html.of(
                filters(image, all, wanted, fixable),
                shown.isEmpty()
                        ? P.of(css("empty"), text("No finding fits."))
                        : table(page.rows(), verdict.platforms().size() > 1),
                Tables.pages(page.page(), page.pages(), here));
    }

    private static Optional<Severity> severity(String word) {
        for (Severity severity : Severity.values()) {
            if (Severities.word(severity).equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }

    private Link address(ShownImage image, Optional<Severity> severity, boolean fixable) {
        Link link = addresses.of(image);
        if (severity.isPresent()) {
            link = link.with(SEVERITY, Severities.word(severity.get()));
        }
        return fixable ? link.with(FIXABLE, YES) : link;
    }

    /** Each number leads to the findings that it counts. */
    private Html filters(ShownImage image, List<FindingRows.Row> all, Optional<Severity> wanted, boolean fixable) {
        Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
        all.forEach(row -> counts.merge(row.finding().severity(), 1, Integer::sum));
        List<Html> links = new ArrayList<>();
        links.add(filter(address(image, Optional.empty(), fixable), wanted.isEmpty(), "All " + all.size()));
        Severity[] severities = Severity.values();
        for (int i = severities.length - 1; i >= 0; i--) {
            Severity severity = severities[i];
            if (counts.containsKey(severity)) {
                links.add(filter(
                        address(image, Optional.of(severity), fixable),
                        wanted.filter(severity::equals).isPresent(),
                        counts.get(severity) + " " + Severities.word(severity)));
            }
        }
        long fixes = all.stream().filter(row -> row.finding().hasFix()).count();
        if (fixes > 0 && fixes < all.size() || fixable) {
            links.add(filter(address(image, wanted, !fixable), fixable, fixes + " with a fix"));
        }
        return NAV.of(css("order filters"), aria("label", "Which findings"), Html.of(links));
    }

    private static Html filter(Link link, boolean current, String words) {
        return A.of(href(link), when(current, aria("current", "true")), text(words));
    }

    private Html table(List<FindingRows.Row> rows, boolean platforms) {
        List<String> titles = new ArrayList<>(List.of("Finding", "Severity", "Package", "Version", "Fixed in"));
        if (platforms) {
            titles.add("Platforms");
        }
        List<List<Html>> cells = new ArrayList<>();
        for (FindingRows.Row row : rows) {
            Finding finding = row.finding();
            List<Html> line = new ArrayList<>(List.of(
                    addresses.cveLink(finding.id()),
                    Severities.named(finding.severity()),
                    A.of(href(addresses.search(cut(finding.packageName()))), LongText.name(finding.packageName())),
                    LongText.name(finding.version()),
                    fixed(finding)));
            if (platforms) {
                line.add(LongText.name(String.join(", ", row.platforms())));
            }
            cells.add(line);
        }
        return Tables.of("findings", titles, cells);
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(name.length(), PackagesPage.LONGEST_NAME));
    }

    static Html fixed(Finding finding) {
        return finding.fixedVersion().map(LongText::name).orElseGet(() -> SPAN.of(css("calm"), text("no fix yet")));
    }

    static String said(Acceptance acceptance) {
        return acceptance.status().id().replace('_', ' ');
    }

    private Html accepted(List<FindingRows.Row> rows) {
        if (rows.isEmpty()) {
            return Html.nothing();
        }
        List<List<Html>> cells = new ArrayList<>();
        for (FindingRows.Row row : rows.subList(0, Math.min(rows.size(), MOST_ACCEPTED))) {
            Acceptance acceptance = row.acceptance().orElseThrow();
            cells.add(List.of(
                    addresses.cveLink(row.finding().id()),
                    Severities.named(row.finding().severity()),
                    Html.of(
                            LongText.name(row.finding().packageName()),
                            text(" "),
                            LongText.name(row.finding().version())),
                    text(said(acceptance)),
                    Html.of(
                            LongText.foreign(acceptance.reason()),
                            acceptance.by().isEmpty()
                                    ? Html.nothing()
                                    : Html.of(text(" — "), LongText.name(acceptance.by()))),
                    acceptance
                            .expires()
                            .map(time -> text(time.toString().substring(0, 10)))
                            .orElse(text("for good"))));
        }
        return DETAILS.of(
                SUMMARY.of(text(Texts.count(rows.size(), "accepted finding"))),
                Tables.of("findings", List.of("Finding", "Severity", "Package", "Said", "Reason", "Until"), cells));
    }

    private static Html gaps(ImageVerdict image) {
        List<String> gaps = image.platforms().stream()
                .flatMap(platform -> platform.verdict().report().stream())
                .flatMap(report -> report.gaps().stream())
                .distinct()
                .toList();
        if (gaps.isEmpty()) {
            return Html.nothing();
        }
        return DETAILS.of(
                SUMMARY.of(text(Texts.count(gaps.size(), "part") + " of it could not be read")),
                UL.of(Html.of(gaps.stream().limit(MOST_GAPS).map(gap -> LI.of(LongText.foreign(gap))))));
    }

    private Html packages(ShownImage image, ImageVerdict verdict) {
        return P.of(A.of(
                href(addresses.packages(
                        image.repository().name(), verdict.platforms().get(0).image())),
                text("Packages of this image")));
    }

    private Html scanNow(Visit visit, ShownImage image, ImageVerdict verdict) {
        boolean may = visit.management().has(ScanApi.PATH)
                && visit.may(Action.PUSH, image.repository().name())
                && verdict.state() != Verdict.State.UNSCANNABLE;
        if (!may) {
            return Html.nothing();
        }
        return Forms.post(
                visit,
                addresses.scan(image.repository().name()),
                Forms.hidden(Links.TAG, image.tag().map(Object::toString).orElse("")),
                Forms.hidden(REFERENCE, image.manifest().digest().toString()),
                Forms.button("Scan now"));
    }
}
