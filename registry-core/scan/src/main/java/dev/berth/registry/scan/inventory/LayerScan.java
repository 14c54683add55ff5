package dev.berth.registry.scan.inventory;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.image.files.FileEntry;
import dev.berth.registry.image.files.FileLimits;
import dev.berth.registry.image.files.LayerFormatException;
import dev.berth.registry.image.files.LayerReader;
import dev.berth.registry.scan.format.OsRelease;
import dev.berth.registry.scan.format.PackageFiles;
import dev.berth.registry.scan.format.elf.ElfScan;
import dev.berth.registry.scan.format.elf.ElfSections;
import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.PackageReader;
import dev.berth.registry.scan.format.source.ScanStoppedException;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.InventoryLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a layer: once, and a second time for files of which the first reading shows that they have to be read in another
 * way or under another name. For one thread, and one layer.
 */
final class LayerScan {
    private static final int ELF_MAGIC = 4;
    private static final int MOST_SECOND_READINGS = 10_000;

    private final Blobs blobs;
    private final Digest layer;
    private final Findings findings;
    private final LayerInventory.Builder inventory;
    private final LayerPathsSeen paths;
    private final Map<String, SecondReading> second = new TreeMap<>();

    /** What is to be done with a file in the second reading: which reader, and under which name. */
    private record SecondReading(PackageReader reader, String path) {}

    private LayerScan(Blobs blobs, Digest layer, InventoryLimits limits, InstantSource clock) {
        this.blobs = blobs;
        this.layer = layer;
        this.findings = new Findings(limits, clock);
        this.inventory = new LayerInventory.Builder(layer);
        this.paths = new LayerPathsSeen(inventory, findings);
    }

    /**
     * Returns what is in the layer.
     *
     * @throws RegistryException if the registry does not have the layer, or fails
     */
    static LayerInventory read(Blobs blobs, Digest layer, InventoryLimits limits, InstantSource clock) {
        return new LayerScan(blobs, layer, limits, clock).read();
    }

    private LayerInventory read() {
        try {
            forEachEntry(this::first);
            paths.end();
            linkedFiles();
            if (!second.isEmpty()) {
                forEachEntry(this::again);
            }
        } catch (LayerFormatException | ScanStoppedException e) {
            findings.ended(String.valueOf(e.getMessage()));
            paths.end();
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "The layer " + layer + " could not be read; try again later", e);
        }
        inventory.reasons = findings.reasons();
        return inventory.build();
    }

    private interface EntryReader {
        void read(FileEntry entry, LayerReader layer) throws IOException;
    }

    private void forEachEntry(EntryReader reader) throws IOException {
        FileLimits limits = FileLimits.builder()
                .maxEntries(findings.limits().maxEntries())
                .maxBytes(findings.limits().maxLayerBytes())
                .build();
        try (BlobContent content = blobs.open(layer);
                LayerReader entries = LayerReader.of(new TimedStream(content.stream(), findings), limits)) {
            for (Optional<FileEntry> entry = entries.next(); entry.isPresent(); entry = entries.next()) {
                reader.read(entry.get(), entries);
            }
        }
    }

    private void first(FileEntry entry, LayerReader entries) throws IOException {
        paths.add(entry);
        if (entry.type() == FileEntry.Type.FILE && !LayerPathsSeen.isWhiteout(entry)) {
            file(new FileContent(entry.path(), entry.size(), entries.content()));
        }
    }

    private void file(FileContent file) throws IOException {
        Optional<PackageReader> reader = PackageFiles.reader(file.path());
        if (reader.isPresent()) {
            read(file, reader.get());
        } else if (PackageFiles.isOsRelease(file.path())) {
            Optional<Distribution> distribution = OsRelease.read(file);
            if (distribution.isPresent()) {
                inventory.evidence.put(file.path(), new Evidence(List.of(), distribution));
            }
        } else if (file.size() > ELF_MAGIC) {
            byte[] beginning = file.stream().readNBytes(ELF_MAGIC);
            if (ElfScan.isElf(beginning)) {
                program(file, new SequenceInputStream(new ByteArrayInputStream(beginning), file.stream()));
            }
        }
    }

    private void program(FileContent file, InputStream content) throws IOException {
        PackageReader scan = (program, target) -> {
            if (ElfScan.read(content, program.path(), target)) {
                secondReading(program.path(), new SecondReading(new ElfSections(), program.path()));
            }
        };
        read(file, scan);
    }

    private void secondReading(String path, SecondReading reading) {
        if (second.size() < MOST_SECOND_READINGS) {
            second.put(path, reading);
        } else {
            findings.incomplete(path, "more than " + MOST_SECOND_READINGS + " files would have to be read twice");
        }
    }

    /** Reads the file. What is wrong with it is said, and the layer goes on. */
    private void read(FileContent file, PackageReader reader) throws IOException {
        try {
            reader.read(file, findings);
        } catch (ScanStoppedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            if (file.failed()) {
                throw e;
            }
            findings.incomplete(file.path(), "it was not read to its end: " + e.getMessage());
        } finally {
            keep(file.path(), findings.take());
        }
    }

    /** Of a file that names none nothing is kept: what it may hide below is known by the paths of the layer. */
    private void keep(String path, List<FoundPackage> packages) {
        if (!packages.isEmpty()) {
            inventory.evidence.merge(path, Evidence.of(packages), Evidence::and);
        }
    }

    /** Other names of files in this layer: of those that were read, and of those that have to be, under the other name. */
    private void linkedFiles() {
        paths.linksWithin().forEach((path, target) -> {
            Evidence known = inventory.evidence.get(target);
            Optional<PackageReader> reader = PackageFiles.reader(path);
            if (known != null) {
                inventory.evidence.put(path, known.moved(target, path));
            } else if (reader.isPresent()) {
                secondReading(target, new SecondReading(reader.get(), path));
            }
        });
    }

    private void again(FileEntry entry, LayerReader entries) throws IOException {
        findings.requireTime();
        SecondReading reading = second.get(entry.path());
        if (reading != null && entry.type() == FileEntry.Type.FILE) {
            read(new FileContent(reading.path(), entry.size(), entries.content()), reading.reader());
        }
    }
}
