package dev.berth.registry.scan.service;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * All names of what was found in an image, for the question which images have it. Immutable.
 *
 * @param names in their order, as {@link #normalize} returns them
 */
record FoundNames(List<String> names) {
    private static final int LONGEST_NAME = 200;

    FoundNames {
        names = List.copyOf(names);
    }

    static FoundNames of(ScanReport report) {
        Set<String> names = new TreeSet<>();
        for (Finding finding : report.findings()) {
            add(names, finding.id());
            finding.aliases().forEach(alias -> add(names, alias));
        }
        return new FoundNames(List.copyOf(names));
    }

    private static void add(Set<String> names, String name) {
        String normal = normalize(name);
        // Nobody looks for others, which a stranger has thought of.
        if (!normal.isEmpty() && normal.length() <= LONGEST_NAME && normal.indexOf('\n') < 0) {
            names.add(normal);
        }
    }

    /** Returns a name as it is compared: people write them in small and in capital letters. */
    static String normalize(String name) {
        return name.strip().toUpperCase(Locale.ROOT);
    }

    /** Returns text by which the names are known: another one if the names are others. */
    String hash() {
        return Digest.sha256(toBytes()).hex().substring(0, 16);
    }

    byte[] toBytes() {
        return String.join("\n", names).getBytes(StandardCharsets.UTF_8);
    }

    static FoundNames parse(byte[] content) {
        return new FoundNames(new String(content, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isEmpty())
                .toList());
    }
}
