package dev.berth.registry.scan.format;

import dev.berth.registry.scan.format.source.FileContent;
import dev.berth.registry.scan.format.source.Findings;
import dev.berth.registry.scan.format.source.Lines;
import dev.berth.registry.scan.format.source.PackageReader;
import dev.berth.registry.scan.format.source.UnreadableException;
import dev.berth.registry.scan.found.PackageType;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The metadata of a Python distribution: header fields as in mail, of which only name and version are read. */
final class PythonMetadata implements PackageReader {
    private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");
    private static final String NAME = "Name:";
    private static final String VERSION = "Version:";

    @Override
    public void read(FileContent file, Findings findings) throws IOException {
        Lines lines = new Lines(file.stream());
        String name = "";
        String version = "";
        for (String line = lines.next(); line != null && !line.isEmpty(); line = lines.next()) {
            if (name.isEmpty() && isField(line, NAME)) {
                name = line.substring(NAME.length()).strip();
            } else if (version.isEmpty() && isField(line, VERSION)) {
                version = line.substring(VERSION.length()).strip();
            }
            if (!name.isEmpty() && !version.isEmpty()) {
                break;
            }
        }
        if (name.isEmpty() || version.isEmpty()) {
            throw new UnreadableException("it has no name and version of a Python distribution");
        }
        findings.add(PackageType.PYPI, normal(name), version, file.path());
    }

    private static boolean isField(String line, String field) {
        return line.regionMatches(true, 0, field, 0, field.length());
    }

    /** As PEP 503 has it, and the advisories. */
    private static String normal(String name) {
        return SEPARATORS.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
    }
}
