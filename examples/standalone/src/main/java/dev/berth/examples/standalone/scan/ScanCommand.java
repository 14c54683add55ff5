package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.images.ImageCommand;
import dev.berth.examples.standalone.images.Locations;
import dev.berth.examples.standalone.images.Progress;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.advisory.BerthScanner;
import dev.berth.registry.scan.difference.ImageDifference;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.InventoryReader;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.Severity;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth scan}: says what is known against an image. */
@Command(
        name = "scan",
        customSynopsis = "berth scan [OPTION]... IMAGE",
        description = {
            "Says what is known against the packages in an image, and in which versions it is fixed. Reads the layers where"
                    + " they are, and unpacks none.",
            ""
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:The image was scanned, and nothing was found of what --fail-on names.",
            "1:It could not be scanned.",
            "2:The command line is malformed.",
            "3:Something was found of what --fail-on names."
        },
        footer = {
            "",
            "IMAGE is written as for 'berth copy'; the name of a tar needs no prefix.",
            "",
            "Examples:",
            "  berth scan debian.tar",
            "  berth scan registry.example/team/app:1.0 --fail-on high --fixable-only",
            "  berth scan registry.example/team/app:1.0 --compare registry.example/team/app:1.1",
            "  berth scan oci:images:1.0 --packages --output cyclonedx"
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class)
public final class ScanCommand extends ImageCommand {
    private static final int FOUND = 3;

    @Parameters(paramLabel = "IMAGE", description = "The image.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String image;

    @Mixin
    private AdvisoryFlags advisories = new AdvisoryFlags();

    @Mixin
    private AcceptedFlags accepted = new AcceptedFlags();

    @Mixin
    private ScannedPlatforms platforms = new ScannedPlatforms();

    @Option(
            names = "--compare",
            paramLabel = "IMAGE",
            description = "Print what is different in this image, for example one with a newer tag. --fail-on is about"
                    + " what is new in it.")
    private @Nullable String other;

    @Option(names = "--packages", description = "List what is in the image, and look nothing up.")
    private boolean packages;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            converter = SeverityWord.class,
            description =
                    "End with exit code 3 if something of this severity or worse is known: negligible, low, medium,"
                            + " high or critical. 'unknown' is everything.")
    private @Nullable Severity failOn;

    @Option(names = "--fixable-only", description = "Leave out what no newer version fixes, also for --fail-on.")
    private boolean fixableOnly;

    @Option(
            names = "--severity",
            paramLabel = "SEVERITY",
            converter = SeverityWord.class,
            description = "Show what is of this severity or worse; the rest is counted.")
    private Severity least = Severity.UNKNOWN;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            description = "What is printed: table (default), json, sarif, or cyclonedx, the SBOM of the image.")
    private String output = "table";

    @Option(
            names = {"-q", "--quiet"},
            description = "Do not show progress.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException {
        ScanOutput form = ScanOutput.of(output, packages);
        if (packages && failOn != null) {
            throw new UsageException("--packages looks nothing up, so nothing can fail on it; leave --fail-on out");
        }
        Acceptances acceptances = accepted.read(err());
        Optional<BerthScanner> scanner = packages ? Optional.empty() : Optional.of(advisories.scanner(err()));
        List<ScannedImage> scanned = scan(image, scanner, acceptances);
        if (other != null) {
            return compare(scanned, scan(other, scanner, acceptances));
        }
        form.print(scanned, this::isShown, out());
        return scanned.stream().anyMatch(this::fails) ? FOUND : 0;
    }

    private int compare(List<ScannedImage> before, List<ScannedImage> after) {
        if (!output.equals("table") || before.size() > 1 || after.size() > 1) {
            throw new UsageException("--compare prints a table about one platform of both images");
        }
        ImageDifference difference = new DifferenceReport(Look.ofTerminal(), out()).print(before.get(0), after.get(0));
        Severity limit = failOn;
        return limit != null
                        && difference.newFindings().stream()
                                .filter(finding -> finding.hasFix() || !fixableOnly)
                                .anyMatch(finding -> finding.severity().isAtLeast(limit))
                ? FOUND
                : 0;
    }

    private List<ScannedImage> scan(String name, Optional<BerthScanner> scanner, Acceptances acceptances)
            throws IOException {
        List<ScannedImage> scanned = new ArrayList<>();
        try (Locations locations = locations();
                Progress progress = Progress.ofLayers(quiet)) {
            ImageLocation location = locations.source(name);
            Digest named = location.get().digest();
            for (Descriptor chosen : platforms.of(location)) {
                ImageManifest document = document(name, location, chosen);
                ImageInventory inventory = read(name, location, document, progress);
                scanned.add(new ScannedImage(
                        name,
                        chosen.digest(),
                        chosen.platform(),
                        document.layers(),
                        inventory,
                        scanner.map(used -> acceptances.judge(
                                used.report(chosen.digest(), inventory),
                                location.repositoryName(),
                                Set.of(named),
                                Instant.now()))));
            }
        }
        return scanned;
    }

    private static ImageManifest document(String name, ImageLocation location, Descriptor chosen) {
        Manifest manifest = location.repository().manifests().get(chosen.digest());
        if (ManifestDocument.parse(manifest) instanceof ImageManifest document) {
            return document;
        }
        throw new CommandException(
                name + " is not an image that containers are run from; there are no packages in it.");
    }

    private static ImageInventory read(String name, ImageLocation location, ImageManifest document, Progress progress) {
        ReadLayers layers = new ReadLayers(location.repository(), document, progress);
        try {
            ImageInventory inventory = InventoryReader.of(layers).read(document);
            layers.done();
            return inventory;
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.UNSUPPORTED) {
                throw new CommandException(name + " cannot be scanned: " + e.getMessage() + ".");
            }
            throw e;
        }
    }

    private boolean isShown(Finding finding) {
        return finding.severity().isAtLeast(least) && (finding.hasFix() || !fixableOnly);
    }

    private boolean fails(ScannedImage scannedImage) {
        Severity limit = failOn;
        return limit != null
                && scannedImage
                        .report()
                        .filter(report -> report.open().stream()
                                .filter(finding -> finding.hasFix() || !fixableOnly)
                                .anyMatch(finding -> finding.severity().isAtLeast(limit)))
                        .isPresent();
    }
}
