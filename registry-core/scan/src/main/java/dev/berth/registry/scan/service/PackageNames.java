package dev.berth.registry.scan.service;

import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The lists of what is in images, for the question which images have a package. A line has name, type and version. */
final class PackageNames {
    private static final char BETWEEN = '\t';
    private static final int LONGEST = 300;
    private static final int MOST = 50_000;

    private PackageNames() {}

    static FoundNames of(ImageInventory inventory) {
        Set<String> lines = new TreeSet<>();
        for (ImagePackage one : inventory.packages()) {
            FoundPackage found = one.found();
            boolean plain = isPlain(found.name()) && isPlain(found.version());
            if (plain && lines.size() < MOST) {
                lines.add(found.name() + BETWEEN + found.type().id() + BETWEEN + found.version());
            }
        }
        return new FoundNames(List.copyOf(lines));
    }

    /** Nobody looks for others, which a stranger has thought of. */
    private static boolean isPlain(String text) {
        return text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    /** Returns the name of a line, as it is compared. */
    static String key(String line) {
        int end = line.indexOf(BETWEEN);
        return normalize(end < 0 ? line : line.substring(0, end));
    }

    static String normalize(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }

    /** Reads a line; empty if it is damaged. */
    static Optional<FoundPackage> parse(String line) {
        String[] parts = line.split("\t", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[2].isEmpty()) {
            return Optional.empty();
        }
        for (PackageType type : PackageType.values()) {
            if (type.id().equals(parts[1])) {
                return Optional.of(FoundPackage.of(type, parts[0], parts[2], ""));
            }
        }
        return Optional.empty();
    }
}
