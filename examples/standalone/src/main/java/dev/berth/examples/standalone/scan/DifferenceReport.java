package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.Table;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.difference.ImageDifference;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Prints for people what is different in another image. */
final class DifferenceReport {
    private final Look look;
    private final PrintWriter out;
    private final FindingReport findings;

    DifferenceReport(Look look, PrintWriter out) {
        this.look = look;
        this.out = out;
        this.findings = new FindingReport(look, out);
    }

    /** Prints it, and returns it. */
    ImageDifference print(ScannedImage before, ScannedImage after) {
        ImageDifference difference = ImageDifference.between(compared(before), compared(after));
        findings.heading(before);
        findings.heading(after);
        out.println(difference.sharedLayers().size() + " layers are the same, "
                + difference.removedLayers().size() + " are gone, "
                + difference.addedLayers().size() + " are new.");
        if (difference.isEmpty()) {
            out.println(look.bold("The packages are the same, and so is what is known against them."));
        }
        packages(difference);
        findings("What is known against the second one only:", difference.newFindings());
        findings("What is known against the first one only:", difference.goneFindings());
        out.flush();
        return difference;
    }

    private static dev.berth.registry.scan.difference.ScannedImage compared(ScannedImage image) {
        return new dev.berth.registry.scan.difference.ScannedImage(
                image.digest(),
                image.layers(),
                image.inventory(),
                image.report().map(DifferenceReport::open));
    }

    private static ScanReport open(JudgedReport judged) {
        ScanReport report = judged.report();
        return new ScanReport(
                report.image(),
                report.scanner(),
                report.scannedAt(),
                report.advisoriesAsOf(),
                judged.open(),
                report.gaps());
    }

    private void packages(ImageDifference difference) {
        if (difference.addedPackages().isEmpty()
                && difference.removedPackages().isEmpty()
                && difference.changedPackages().isEmpty()) {
            return;
        }
        Table table = new Table("PACKAGE", "KIND", "FIRST", "SECOND", "WHAT");
        difference
                .changedPackages()
                .forEach(changed -> row(
                        table,
                        changed.after(),
                        changed.before().found().version(),
                        changed.after().found().version(),
                        changed.direction().name().toLowerCase(Locale.ROOT)));
        difference
                .addedPackages()
                .forEach(added -> row(table, added, "", added.found().version(), "added"));
        difference
                .removedPackages()
                .forEach(removed -> row(table, removed, removed.found().version(), "", "removed"));
        out.println();
        table.print(out);
    }

    private static void row(Table table, ImagePackage one, String before, String after, String what) {
        table.row(one.found().name(), one.found().type().id(), before, after, what);
    }

    private void findings(String title, List<Finding> some) {
        if (!some.isEmpty()) {
            out.println();
            out.println(look.bold(title));
            findings.groups(some);
        }
    }
}
