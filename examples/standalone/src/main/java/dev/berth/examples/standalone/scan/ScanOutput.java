package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.ScanReportJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/** Prints what was found in images, in one of several forms. */
interface ScanOutput {

    /** Prints all images. */
    void print(List<ScannedImage> images, Predicate<Finding> shown, PrintWriter out) throws IOException;

    /** Returns the form that the options name. */
    static ScanOutput of(String form, boolean packages) {
        return switch (form) {
            case "table" -> packages ? ScanOutput::packageTable : ScanOutput::table;
            case "json" -> packages ? ScanOutput::packageJson : ScanOutput::json;
            default -> throw new UsageException("'" + form + "' is no form of output; write table or json");
        };
    }

    private static void packageTable(List<ScannedImage> images, Predicate<Finding> shown, PrintWriter out) {
        FindingReport report = new FindingReport(Look.ofTerminal(), out);
        for (ScannedImage image : images) {
            report.heading(image);
            PackageList.print(image, out);
            report.gaps(image.inventory().reasons());
        }
        out.flush();
    }

    private static void table(List<ScannedImage> images, Predicate<Finding> shown, PrintWriter out) {
        FindingReport report = new FindingReport(Look.ofTerminal(), out);
        String between = "";
        for (ScannedImage image : images) {
            out.print(between);
            report.print(image, image.report().orElseThrow(), shown);
            between = System.lineSeparator();
        }
    }

    private static void packageJson(List<ScannedImage> images, Predicate<Finding> shown, PrintWriter out)
            throws IOException {
        out.println(PackageList.json(images));
        out.flush();
    }

    /** One image is an object, as kept and served elsewhere; several are an array of these. */
    private static void json(List<ScannedImage> images, Predicate<Finding> shown, PrintWriter out) {
        List<String> reports = images.stream()
                .map(image -> open(image.report().orElseThrow(), shown))
                .map(report -> new String(ScanReportJson.write(report), StandardCharsets.UTF_8))
                .toList();
        out.println(reports.size() == 1 ? reports.get(0) : "[" + String.join(",\n", reports) + "]");
        out.flush();
    }

    private static ScanReport open(JudgedReport judged, Predicate<Finding> shown) {
        ScanReport report = judged.report();
        return new ScanReport(
                report.image(),
                report.scanner(),
                report.scannedAt(),
                report.advisoriesAsOf(),
                judged.open().stream().filter(shown).toList(),
                report.gaps());
    }
}
