package dev.berth.registry.scan.version;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A semantic version. More is read than the specification has, since advisories say {@code 1.2} and {@code v1.2.3}, too:
 * missing numbers are zero.
 */
record SemanticVersion(List<String> numbers, List<String> preRelease) implements Comparable<SemanticVersion> {
    private static final Pattern FORM =
            Pattern.compile("[=v]{0,2}(\\d++(?:\\.\\d++){0,3})(?:-([0-9A-Za-z.-]++))?(?:\\+[0-9A-Za-z.+-]*+)?");

    private static final int NUMBERS = 4;

    /** Returns nothing if it is not a semantic version. */
    static Optional<SemanticVersion> parse(String version) {
        Matcher matcher = FORM.matcher(version.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String preRelease = matcher.group(2);
        return Optional.of(new SemanticVersion(
                List.of(matcher.group(1).split("\\.", -1)),
                preRelease == null ? List.of() : List.of(preRelease.split("\\.", -1))));
    }

    @Override
    public int compareTo(SemanticVersion other) {
        for (int i = 0; i < NUMBERS; i++) {
            int order = Digits.compare(number(i), other.number(i));
            if (order != 0) {
                return order;
            }
        }
        if (preRelease.isEmpty() || other.preRelease.isEmpty()) {
            return Boolean.compare(preRelease.isEmpty(), other.preRelease.isEmpty());
        }
        int shorter = Math.min(preRelease.size(), other.preRelease.size());
        for (int i = 0; i < shorter; i++) {
            int order = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(preRelease.size(), other.preRelease.size());
    }

    private String number(int index) {
        return index < numbers.size() ? numbers.get(index) : "";
    }

    private static int compareIdentifiers(String first, String second) {
        boolean firstIsNumber = Digits.isNumber(first);
        boolean secondIsNumber = Digits.isNumber(second);
        if (firstIsNumber && secondIsNumber) {
            return Digits.compare(first, second);
        }
        return firstIsNumber == secondIsNumber
                ? first.compareTo(second)
                : Boolean.compare(secondIsNumber, firstIsNumber);
    }
}
