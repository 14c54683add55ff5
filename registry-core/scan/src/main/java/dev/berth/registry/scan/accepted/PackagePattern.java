package dev.berth.registry.scan.accepted;

import dev.berth.registry.scan.internal.purl.Purl;
import dev.berth.registry.scan.report.Finding;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which packages an entry is about. Immutable.
 *
 * <p>A package URL matches the package of its type, namespace and name; of its version, if it has one; with its qualifiers, if
 * it has some. It matches no finding whose scanner does not tell package URLs. Any other text is a name, in which {@code *}
 * stands for any characters.
 *
 * @since 0.1
 */
public final class PackagePattern {
    private static final int LONGEST = 4096;

    private final String text;
    private final @Nullable Purl purl;

    private PackagePattern(String text, @Nullable Purl purl) {
        this.text = text;
        this.purl = purl;
    }

    /**
     * Parses a package URL, or a name with stars.
     *
     * @throws IllegalArgumentException if it is empty, too long, or a package URL that is none
     */
    public static PackagePattern parse(String text) {
        Objects.requireNonNull(text, "text");
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "A pattern for packages has 1 to " + LONGEST + " characters; for every package, leave it out");
        }
        if (!Purl.isOne(text)) {
            return new PackagePattern(text, null);
        }
        try {
            return new PackagePattern(text, Purl.parse(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("This is no package URL: " + e.getMessage(), e);
        }
    }

    /** Returns whether it is about the package of a finding. */
    public boolean matches(Finding finding) {
        if (purl == null) {
            return matchesName(finding.packageName());
        }
        try {
            return finding.packageUrl().map(Purl::parse).filter(purl::includes).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The parts between the stars are looked for one after the other, so that no name costs much. */
    private boolean matchesName(String name) {
        int star = text.indexOf('*');
        if (star < 0) {
            return text.equals(name);
        }
        String[] parts = text.split("\\*", -1);
        String last = parts[parts.length - 1];
        if (!name.startsWith(parts[0]) || !name.endsWith(last)) {
            return false;
        }
        int from = parts[0].length();
        int end = name.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = name.indexOf(parts[i], from);
            if (found < 0) {
                return false;
            }
            from = found + parts[i].length();
        }
        return from <= end;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackagePattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the text that was parsed. */
    @Override
    public String toString() {
        return text;
    }
}
