package dev.berth.registry.scan.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A version of apk: {@code 1.2.3b_rc1_p2~0a1b2c-r4}, of which all behind the first number may be missing. What does not
 * belong there is the last part: advisories have versions such as {@code 1.9.5p2}.
 */
record ApkVersion(List<Part> parts) implements Comparable<ApkVersion> {
    /** Suffixes from the lowest to the highest. */
    private static final List<String> BEFORE_RELEASE = List.of("alpha", "beta", "pre", "rc");

    private static final List<String> AFTER_RELEASE = List.of("cvs", "svn", "git", "hg", "p");

    /** The kinds of parts in the order of their rank: a version that ends here is lower than one that goes on. */
    private enum Kind {
        FIRST_NUMBER,
        NUMBER,
        LETTER,
        SUFFIX,
        SUFFIX_NUMBER,
        COMMIT,
        REVISION,
        END,
        OTHER
    }

    record Part(Kind kind, String text) {}

    /** Returns nothing if it does not begin as a version of apk. */
    static Optional<ApkVersion> parse(String version) {
        Reader reader = new Reader(version);
        boolean complete = reader.read();
        if (reader.parts.isEmpty()) {
            return Optional.empty();
        }
        if (!complete) {
            reader.add(Kind.OTHER, version.length());
        }
        return Optional.of(new ApkVersion(List.copyOf(reader.parts)));
    }

    private static final class Reader {
        private final String text;
        private final List<Part> parts = new ArrayList<>();
        private int position;

        Reader(String text) {
            this.text = text;
        }

        boolean read() {
            if (!number(Kind.FIRST_NUMBER)) {
                return false;
            }
            while (skip('.')) {
                if (!number(Kind.NUMBER)) {
                    return false;
                }
            }
            if (position < text.length() && text.charAt(position) >= 'a' && text.charAt(position) <= 'z') {
                add(Kind.LETTER, position + 1);
            }
            while (skip('_')) {
                int end = Letters.end(text, position);
                if (suffixRank(text.substring(position, end)) == 0) {
                    return false;
                }
                add(Kind.SUFFIX, end);
                number(Kind.SUFFIX_NUMBER);
            }
            return commit() && revision() && end();
        }

        private boolean commit() {
            if (!skip('~')) {
                return true;
            }
            int end = position;
            while (end < text.length() && isHex(text.charAt(end))) {
                end++;
            }
            return end > position && add(Kind.COMMIT, end);
        }

        private boolean revision() {
            return !skip('-') || skip('r') && number(Kind.REVISION);
        }

        private boolean end() {
            return position == text.length() && add(Kind.END, position);
        }

        private static boolean isHex(char c) {
            return Digits.isDigit(c) || c >= 'a' && c <= 'f';
        }

        private boolean number(Kind kind) {
            int end = Digits.end(text, position);
            return end > position && add(kind, end);
        }

        private boolean skip(char c) {
            if (position < text.length() && text.charAt(position) == c) {
                position++;
                return true;
            }
            return false;
        }

        private boolean add(Kind kind, int end) {
            parts.add(new Part(kind, text.substring(position, end)));
            position = end;
            return true;
        }
    }

    /** Returns a negative number before a release, a positive one behind it, 0 if there is no such suffix. */
    private static int suffixRank(String suffix) {
        int before = BEFORE_RELEASE.indexOf(suffix);
        return before >= 0 ? before - BEFORE_RELEASE.size() : AFTER_RELEASE.indexOf(suffix) + 1;
    }

    @Override
    public int compareTo(ApkVersion other) {
        int i = 0;
        while (parts.get(i).kind() == other.parts.get(i).kind()) {
            Part part = parts.get(i);
            int order = compare(part, other.parts.get(i));
            if (order != 0 || part.kind().compareTo(Kind.END) >= 0) {
                return order;
            }
            i++;
        }
        Part mine = parts.get(i);
        Part others = other.parts.get(i);
        if (isBeforeRelease(mine)) {
            return -1;
        }
        if (isBeforeRelease(others)) {
            return 1;
        }
        return others.kind().compareTo(mine.kind());
    }

    private static boolean isBeforeRelease(Part part) {
        return part.kind() == Kind.SUFFIX && suffixRank(part.text()) < 0;
    }

    private static int compare(Part first, Part second) {
        return switch (first.kind()) {
            case SUFFIX -> Integer.compare(suffixRank(first.text()), suffixRank(second.text()));
            case LETTER, COMMIT, OTHER -> first.text().compareTo(second.text());
            // As a fraction: 1.01 is lower than 1.1.
            case NUMBER ->
                first.text().startsWith("0") || second.text().startsWith("0")
                        ? first.text().compareTo(second.text())
                        : Digits.compare(first.text(), second.text());
            default -> Digits.compare(first.text(), second.text());
        };
    }
}
