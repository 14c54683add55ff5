package dev.berth.registry.scan.format;

import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.Lines;
import dev.berth.registry.scan.format.source.PackageReader;
import dev.berth.registry.scan.format.source.ScanStoppedException;
import dev.berth.registry.scan.found.PackageType;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The packages of dpkg: its status, or the paragraph of one package, of which distroless images have a file each. Packages
 * that were removed, and left their configuration behind, are none.
 */
final class DpkgStatus implements PackageReader {
    private static final Set<String> FIELDS = Set.of("Package", "Status", "Version", "Architecture", "Source");
    private static final Set<String> ABSENT = Set.of("not-installed", "config-files");

    @Override
    public void read(FileContent file, Findings findings) throws IOException {
        Lines lines = new Lines(file.stream());
        Map<String, String> paragraph = new HashMap<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                add(paragraph, file.path(), findings);
                paragraph.clear();
                continue;
            }
            int colon = line.indexOf(':');
            if (colon > 0 && FIELDS.contains(line.substring(0, colon))) {
                paragraph.put(
                        line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        add(paragraph, file.path(), findings);
    }

    private static void add(Map<String, String> paragraph, String path, Findings findings) throws ScanStoppedException {
        String name = paragraph.get("Package");
        String status = paragraph.getOrDefault("Status", "");
        if (name == null || ABSENT.contains(status.substring(status.lastIndexOf(' ') + 1))) {
            return;
        }
        // Without a version it is one of which dpkg only knows that others name it.
        String version = paragraph.get("Version");
        if (version == null) {
            findings.incomplete(path, "it names a package without a version");
            return;
        }
        String source = paragraph.get("Source");
        int bracket = source == null ? -1 : source.indexOf('(');
        findings.add(
                PackageType.DEB,
                name,
                version,
                Optional.ofNullable(source)
                        .map(text ->
                                bracket < 0 ? text : text.substring(0, bracket).strip()),
                Optional.ofNullable(source)
                        .filter(text -> bracket >= 0)
                        .map(text ->
                                text.substring(bracket + 1).replace(")", "").strip()),
                Optional.ofNullable(paragraph.get("Architecture")),
                path);
    }
}
