package dev.berth.registry.scan.version;

import java.util.List;

/**
 * A number or a word in a version of Maven.
 *
 * @param text the digits, or the qualifier in its normal form
 */
record MavenToken(Kind kind, String text) {
    /** From the lowest. Between them stands a section. */
    enum Kind {
        WORD,
        NUMBER
    }

    static final MavenToken ZERO = number("");

    private static final String RELEASE = "";
    private static final List<String> QUALIFIERS =
            List.of("alpha", "beta", "milestone", "rc", "snapshot", RELEASE, "sp");

    static MavenToken number(String digits) {
        return new MavenToken(Kind.NUMBER, Digits.strip(digits));
    }

    static MavenToken word(String word) {
        return new MavenToken(
                Kind.WORD,
                switch (word) {
                    case "ga", "final", "release" -> RELEASE;
                    case "cr" -> "rc";
                    default -> word;
                });
    }

    /** A word in front of a number: {@code a1} is {@code alpha-1}. */
    static MavenToken wordBeforeNumber(String word) {
        return word(
                switch (word) {
                    case "a" -> "alpha";
                    case "b" -> "beta";
                    case "m" -> "milestone";
                    default -> word;
                });
    }

    /** Returns whether a version is the same without this at its end: zero, or a word that says that it is a release. */
    boolean isNothing() {
        return text.isEmpty();
    }

    /** Compares with the end of a version. */
    int compareToEnd() {
        return kind == Kind.NUMBER ? Digits.compare(text, "") : rank(text).compareTo(rank(RELEASE));
    }

    int compareTo(MavenToken other) {
        if (kind != other.kind) {
            return kind.compareTo(other.kind);
        }
        return kind == Kind.NUMBER
                ? Digits.compare(text, other.text)
                : rank(text).compareTo(rank(other.text));
    }

    /** Known qualifiers have their place, all others follow in their own order. */
    private static String rank(String word) {
        int known = QUALIFIERS.indexOf(word);
        return known < 0 ? QUALIFIERS.size() + "-" + word : String.valueOf(known);
    }
}
