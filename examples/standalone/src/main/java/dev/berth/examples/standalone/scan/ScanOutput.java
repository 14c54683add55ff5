package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.images.Locations;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.ScanReportJson;
import dev.berth.registry.scan.sarif.SarifReport;
import dev.berth.registry.scan.sbom.CycloneDxSbom;
import dev.berth.registry.scan.sbom.SbomSubject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
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
            case "sarif" -> {
                if (packages) {
                    throw new UsageException("SARIF tells of findings, and --packages looks for none; leave one out");
                }
                yield ScanOutput::sarif;
            }
            case "cyclonedx" -> ScanOutput::cycloneDx;
            default ->
                throw new UsageException("'" + form + "' is no form of output; write table, json, sarif or cyclonedx");
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

    private static void sarif(List<ScannedImage> images, Predicate<Finding> shown, PrintWriter out) throws IOException {
        ScannedImage image = only(images);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        SarifReport.write(image.report().orElseThrow(), image.name(), text);
        print(text, out);
    }

    /** The packages, as an SBOM. */
    private static void cycloneDx(List<ScannedImage> images, Predicate<Finding> shown, PrintWriter out)
            throws IOException {
        ScannedImage image = only(images);
        SbomSubject subject = new SbomSubject(
                Locations.reference(image.name()).map(Reference::repository).orElse(RepositoryName.parse("image")),
                image.digest(),
                image.platform().map(Platform::architecture),
                Optional.empty());
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        CycloneDxSbom.write(image.inventory(), subject, text);
        print(text, out);
    }

    private static ScannedImage only(List<ScannedImage> images) {
        if (images.size() > 1) {
            throw new UsageException("This form of output is for one platform; choose it with --platform");
        }
        return images.get(0);
    }

    private static void print(ByteArrayOutputStream text, PrintWriter out) {
        out.println(text.toString(StandardCharsets.UTF_8));
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
