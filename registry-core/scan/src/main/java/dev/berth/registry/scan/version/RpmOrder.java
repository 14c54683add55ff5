package dev.berth.registry.scan.version;

/**
 * The order of rpm: {@code epoch:version-release}. A version without a release is lower than the same one with any, so
 * that the order is total; rpm itself takes them for equal.
 */
final class RpmOrder implements VersionOrder {

    @Override
    public int compare(String first, String second) {
        Parts left = Parts.of(first);
        Parts right = Parts.of(second);
        int epochs = Digits.compare(left.epoch, right.epoch);
        if (epochs != 0) {
            return epochs;
        }
        int versions = compareSegments(left.version, right.version);
        if (versions != 0) {
            return versions;
        }
        return left.hasRelease && right.hasRelease
                ? compareSegments(left.release, right.release)
                : Boolean.compare(left.hasRelease, right.hasRelease);
    }

    private record Parts(String epoch, String version, boolean hasRelease, String release) {

        static Parts of(String text) {
            int digits = Digits.end(text, 0);
            boolean hasEpoch = digits < text.length() && text.charAt(digits) == ':';
            String rest = hasEpoch ? text.substring(digits + 1) : text;
            int dash = rest.lastIndexOf('-');
            return new Parts(
                    hasEpoch ? text.substring(0, digits) : "",
                    dash < 0 ? rest : rest.substring(0, dash),
                    dash >= 0,
                    dash < 0 ? "" : rest.substring(dash + 1));
        }
    }

    private static int compareSegments(String first, String second) {
        int left = 0;
        int right = 0;
        while (true) {
            left = skipSeparators(first, left);
            right = skipSeparators(second, right);
            if (is(first, left, '~') || is(second, right, '~')) {
                if (is(first, left, '~') && is(second, right, '~')) {
                    left++;
                    right++;
                    continue;
                }
                // Lower than everything, the end too.
                return is(first, left, '~') ? -1 : 1;
            }
            boolean leftEnds = left >= first.length();
            boolean rightEnds = right >= second.length();
            if (is(first, left, '^') || is(second, right, '^')) {
                if (is(first, left, '^') && is(second, right, '^')) {
                    left++;
                    right++;
                    continue;
                }
                // Higher than the end, lower than everything else.
                if (leftEnds || rightEnds) {
                    return leftEnds ? -1 : 1;
                }
                return is(first, left, '^') ? -1 : 1;
            }
            if (leftEnds || rightEnds) {
                return Boolean.compare(rightEnds, leftEnds);
            }
            boolean numeric = Digits.isDigit(first.charAt(left));
            if (numeric != Digits.isDigit(second.charAt(right))) {
                // Numbers are higher than words.
                return numeric ? 1 : -1;
            }
            int leftEnd = end(first, left, numeric);
            int rightEnd = end(second, right, numeric);
            int segments = compareSegment(first.substring(left, leftEnd), second.substring(right, rightEnd), numeric);
            if (segments != 0) {
                return segments;
            }
            left = leftEnd;
            right = rightEnd;
        }
    }

    private static int end(String text, int from, boolean numeric) {
        return numeric ? Digits.end(text, from) : Letters.end(text, from);
    }

    private static int compareSegment(String first, String second, boolean numeric) {
        return numeric ? Digits.compare(first, second) : first.compareTo(second);
    }

    private static int skipSeparators(String text, int from) {
        int position = from;
        while (position < text.length() && isSeparator(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private static boolean isSeparator(char c) {
        return !Digits.isDigit(c) && !Letters.isLetter(c) && c != '~' && c != '^';
    }

    private static boolean is(String text, int position, char c) {
        return position < text.length() && text.charAt(position) == c;
    }

    @Override
    public String toString() {
        return "rpm";
    }
}
