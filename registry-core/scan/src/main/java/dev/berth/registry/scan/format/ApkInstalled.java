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

/** The packages of apk: paragraphs whose fields have names of one letter. */
final class ApkInstalled implements PackageReader {
    private static final String FIELDS = "PVAo";

    @Override
    public void read(FileContent file, Findings findings) throws IOException {
        Lines lines = new Lines(file.stream());
        Map<Character, String> paragraph = new HashMap<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            if (line.isBlank()) {
                add(paragraph, file.path(), findings);
                paragraph.clear();
            } else if (line.length() > 2 && line.charAt(1) == ':' && FIELDS.indexOf(line.charAt(0)) >= 0) {
                paragraph.put(line.charAt(0), line.substring(2).strip());
            }
        }
        add(paragraph, file.path(), findings);
    }

    private static void add(Map<Character, String> paragraph, String path, Findings findings)
            throws ScanStoppedException {
        String name = paragraph.get('P');
        if (name != null) {
            findings.add(
                    PackageType.APK,
                    name,
                    paragraph.getOrDefault('V', ""),
                    Optional.ofNullable(paragraph.get('o')),
                    Optional.empty(),
                    Optional.ofNullable(paragraph.get('A')),
                    path);
        }
    }
}
