package dev.berth.registry.scan.version;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The order of modules of Go: semantic versions with a {@code v} in front, pseudo-versions among them, which are made to
 * be pre-releases of the next version. Those of Go itself, {@code go1.22rc1}, are read as the semantic ones that the Go
 * vulnerability database has for them.
 */
final class GoOrder implements VersionOrder {
    private static final Pattern OF_GO = Pattern.compile("(?:go)?(\\d++(?:\\.\\d++){0,2})(?:(rc|beta)(\\d++))?");
    private static final Comparator<String> ORDER =
            Validity.parsed(version -> SemanticVersion.parse(semantic(version)), SemanticVersion::compareTo);

    private static String semantic(String version) {
        Matcher matcher = OF_GO.matcher(version);
        if (!matcher.matches()) {
            return version;
        }
        return matcher.group(2) == null
                ? matcher.group(1)
                : matcher.group(1) + "-" + matcher.group(2) + "." + matcher.group(3);
    }

    @Override
    public int compare(String first, String second) {
        return ORDER.compare(first, second);
    }

    @Override
    public String toString() {
        return "Go";
    }
}
