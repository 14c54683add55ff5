package dev.berth.registry.scan.advisory;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Advisories in a directory, an index of them, and packages to compare with it. */
final class Database {
    static final Digest IMAGE = Digest.sha256("image".getBytes(StandardCharsets.UTF_8));
    static final Digest LAYER = Digest.sha256("layer".getBytes(StandardCharsets.UTF_8));
    static final Distribution DEBIAN = new Distribution("debian", "13", "Debian GNU/Linux 13 (trixie)");

    private final Path sources;
    private final AdvisoryIndex index;

    Database(Path directory) throws IOException {
        this.sources = Files.createDirectories(directory.resolve("sources"));
        this.index = AdvisoryIndex.in(directory.resolve("index"));
    }

    Path sources() {
        return sources;
    }

    AdvisoryIndex index() {
        return index;
    }

    /** Writes each into a file, and builds the index of all that were written. */
    AdvisoryFacts with(Osv... advisories) throws IOException {
        for (Osv advisory : advisories) {
            Files.writeString(sources.resolve(advisory.id() + ".json"), advisory.json());
        }
        return index.build(List.of(sources));
    }

    static void zip(Path file, List<Osv> advisories) throws IOException {
        Files.createDirectories(file.getParent());
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Osv advisory : advisories) {
                zip.putNextEntry(new ZipEntry(advisory.id() + ".json"));
                zip.write(advisory.json().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
    }

    ScanReport report(Optional<Distribution> distribution, FoundPackage... packages) {
        return BerthScanner.of(index).report(IMAGE, inventory(distribution, packages));
    }

    /** Returns what is found in packages that belong to no distribution. */
    List<Finding> findings(FoundPackage... packages) {
        return report(Optional.empty(), packages).findings();
    }

    /** Returns the names of what is found in packages of a distribution. */
    List<String> ids(Distribution distribution, FoundPackage... packages) {
        return report(Optional.of(distribution), packages).findings().stream()
                .map(Finding::id)
                .toList();
    }

    static ImageInventory inventory(Optional<Distribution> distribution, FoundPackage... packages) {
        List<ImagePackage> all = new ArrayList<>();
        for (FoundPackage found : packages) {
            all.add(new ImagePackage(
                    found, found.packageUrl(distribution), found.ecosystem(distribution), Optional.of(LAYER)));
        }
        return new ImageInventory(distribution, all, List.of());
    }

    static FoundPackage of(PackageType type, String name, String version) {
        return FoundPackage.of(type, name, version, "where/it/is");
    }

    static FoundPackage npm(String name, String version) {
        return of(PackageType.NPM, name, version);
    }

    static FoundPackage deb(String name, String version, String source, String sourceVersion) {
        return new FoundPackage(
                PackageType.DEB,
                name,
                version,
                Optional.of(source),
                Optional.of(sourceVersion),
                Optional.of("amd64"),
                "var/lib/dpkg/status");
    }
}
