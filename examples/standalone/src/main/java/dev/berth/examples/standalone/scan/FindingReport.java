package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Severity;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Prints for people what is known against an image: the packages with the worst first, below each what is known against it, and
 * in which version it is fixed. All texts are those of strangers.
 */
final class FindingReport {
    private static final int WIDEST_NAME = 30;
    private static final int WIDEST_VERSION = 40;
    private static final int WIDEST_ID = 24;
    private static final int WIDEST_FIX = 36;
    private static final int NARROWEST_SUMMARY = 16;
    private static final int MOST_GAPS = 10;
    private static final String GAP = "  ";

    private final Look look;
    private final PrintWriter out;

    FindingReport(Look look, PrintWriter out) {
        this.look = look;
        this.out = out;
    }

    /**
     * Prints the report of an image.
     *
     * @param shown which findings are shown; the others are counted
     */
    void print(ScannedImage image, JudgedReport judged, Predicate<Finding> shown) {
        heading(image);
        List<Finding> findings = judged.open().stream().filter(shown).toList();
        groups(findings);
        out.println();
        summary(image, judged.open(), findings.size());
        accepted(judged);
        age(judged.report());
        gaps(judged.report().gaps());
        out.flush();
    }

    /** Prints what an image is. */
    void heading(ScannedImage image) {
        ImageInventory inventory = image.inventory();
        List<String> facts = new ArrayList<>();
        inventory.distribution().ifPresent(distribution -> facts.add(Text.printable(distribution.name())));
        image.platform().ifPresent(platform -> facts.add(Text.printable(platform.toString())));
        facts.add(packages(inventory));
        out.println(look.bold(Text.printable(image.name())) + ": " + String.join(", ", facts));
    }

    private static String packages(ImageInventory inventory) {
        Map<PackageType, Long> counts = new EnumMap<>(PackageType.class);
        inventory.packages().forEach(found -> counts.merge(found.found().type(), 1L, Long::sum));
        int all = inventory.packages().size();
        if (all == 0) {
            return "no packages";
        }
        String kinds = counts.entrySet().stream()
                .map(entry -> (counts.size() == 1 ? "" : entry.getValue() + " ")
                        + entry.getKey().id())
                .collect(Collectors.joining(", "));
        return all + (all == 1 ? " package (" : " packages (") + kinds + ")";
    }

    /** Prints findings by package. */
    void groups(List<Finding> findings) {
        int severities = widest(
                findings.stream().map(finding -> Look.name(finding.severity())).toList());
        int ids = widest(findings.stream().map(FindingReport::id).toList());
        int fixes = widest(findings.stream().map(FindingReport::fix).toList());
        for (FindingGroups.Group group : FindingGroups.of(findings)) {
            out.println();
            packages(group);
            for (Finding finding : group.findings()) {
                String before = GAP + padded(id(finding), ids) + GAP + padded(fix(finding), fixes) + GAP;
                int left = look.columns() - GAP.length() - severities - Text.columns(before);
                String summary = left < NARROWEST_SUMMARY ? "" : cell(finding.summary(), left);
                out.println((GAP + look.word(finding.severity(), severities) + before + summary).stripTrailing());
            }
        }
    }

    private void packages(FindingGroups.Group group) {
        String version = " " + cell(group.version(), WIDEST_VERSION);
        int widest = Math.max(WIDEST_NAME, look.columns() - Text.columns(version));
        String names = cell(String.join(", ", group.names()), widest);
        String place = group.place()
                .map(file -> {
                    String in = GAP + "in ";
                    int left = look.columns() - Text.columns(names + version + in);
                    return in + Text.cutBeginning(Text.printable(file), Math.max(NARROWEST_SUMMARY, left));
                })
                .orElse("");
        out.println(look.bold(names + version) + place);
    }

    private static String id(Finding finding) {
        return cell(finding.id(), WIDEST_ID);
    }

    private static String fix(Finding finding) {
        return finding.fixedVersion()
                .map(version -> "fixed in " + cell(version, WIDEST_FIX))
                .orElse("no fix yet");
    }

    private static String cell(String text, int columns) {
        return Text.cut(Text.printable(text), columns);
    }

    private static String padded(String text, int columns) {
        return text + " ".repeat(columns - Text.columns(text));
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(Text::columns).max().orElse(0);
    }

    private void summary(ScannedImage image, List<Finding> open, int shown) {
        int all = open.size();
        if (all == 0) {
            boolean some = !image.inventory().packages().isEmpty();
            out.println(some ? "Nothing is known against these packages." : "There is nothing to look up.");
            return;
        }
        long packages = open.stream()
                .map(finding -> List.of(finding.packageName(), finding.version()))
                .distinct()
                .count();
        long fixable = open.stream().filter(Finding::hasFix).count();
        String counted = all + (all == 1 ? " finding in " : " findings in ") + packages
                + (packages == 1 ? " package: " : " packages: ") + bySeverity(open) + ".";
        out.println(look.bold(counted) + " A newer version fixes "
                + (fixable == 0 ? "none" : fixable == all ? "all" : Long.toString(fixable)) + " of them.");
        if (shown < all) {
            out.println((all - shown) + " of them are not shown, as the options say.");
        }
    }

    private void accepted(JudgedReport judged) {
        int accepted = judged.accepted().size();
        if (accepted > 0) {
            out.println(accepted + (accepted == 1 ? " more is accepted" : " more are accepted") + ", as --vex says.");
        }
        judged.expired()
                .forEach(entry -> out.println(
                        "The acceptance of " + cell(String.join(", ", entry.ids()), WIDEST_NAME) + " has expired."));
    }

    private static String bySeverity(List<Finding> findings) {
        Map<Severity, Long> counts = new EnumMap<>(Severity.class);
        findings.forEach(finding -> counts.merge(finding.severity(), 1L, Long::sum));
        List<Severity> worstFirst = new ArrayList<>(counts.keySet());
        Collections.reverse(worstFirst);
        return worstFirst.stream()
                .map(severity -> counts.get(severity) + " " + Look.name(severity))
                .collect(Collectors.joining(", "));
    }

    private void age(ScanReport report) {
        out.println(report.advisoriesAsOf()
                .map(newest -> "The newest advisory that was looked at is of "
                        + newest.atZone(ZoneOffset.UTC).toLocalDate() + ", " + days(newest, report.scannedAt()) + ".")
                .orElse("How old the advisories are is not known."));
    }

    private static String days(Instant from, Instant to) {
        long days = Duration.between(from, to).toDays();
        return days <= 0 ? "today" : days == 1 ? "a day ago" : days + " days ago";
    }

    /** Prints what was not read. */
    void gaps(List<String> gaps) {
        if (gaps.isEmpty()) {
            return;
        }
        out.println(look.bold("Something may be missing:"));
        gaps.stream()
                .limit(MOST_GAPS)
                .forEach(gap ->
                        out.println(GAP + cell(gap, Math.max(NARROWEST_SUMMARY, look.columns() - GAP.length()))));
        if (gaps.size() > MOST_GAPS) {
            out.println(GAP + "and " + (gaps.size() - MOST_GAPS) + " more; --output json has them all");
        }
    }
}
