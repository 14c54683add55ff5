package dev.berth.registry.scan.version;

/** The order of dpkg (Debian Policy, section 5.6.12): {@code epoch:upstream-revision}. */
final class DebianOrder implements VersionOrder {

    @Override
    public int compare(String first, String second) {
        Parts left = Parts.of(first);
        Parts right = Parts.of(second);
        int epochs = Digits.compare(left.epoch, right.epoch);
        if (epochs != 0) {
            return epochs;
        }
        int upstream = comparePart(left.upstream, right.upstream);
        return upstream != 0 ? upstream : comparePart(left.revision, right.revision);
    }

    private record Parts(String epoch, String upstream, String revision) {

        static Parts of(String version) {
            int colon = version.indexOf(':');
            boolean hasEpoch = colon > 0 && Digits.end(version, 0) == colon;
            String rest = hasEpoch ? version.substring(colon + 1) : version;
            int dash = rest.lastIndexOf('-');
            return new Parts(
                    hasEpoch ? version.substring(0, colon) : "",
                    dash < 0 ? rest : rest.substring(0, dash),
                    dash < 0 ? "" : rest.substring(dash + 1));
        }
    }

    /** Compares runs of other characters and of digits by turns. */
    private static int comparePart(String first, String second) {
        int left = 0;
        int right = 0;
        while (left < first.length() || right < second.length()) {
            while (isOther(first, left) || isOther(second, right)) {
                int weights = Integer.compare(weight(first, left), weight(second, right));
                if (weights != 0) {
                    return weights;
                }
                left++;
                right++;
            }
            int leftEnd = Digits.end(first, left);
            int rightEnd = Digits.end(second, right);
            int numbers = Digits.compare(first.substring(left, leftEnd), second.substring(right, rightEnd));
            if (numbers != 0) {
                return numbers;
            }
            left = leftEnd;
            right = rightEnd;
        }
        return 0;
    }

    private static boolean isOther(String part, int position) {
        return position < part.length() && !Digits.isDigit(part.charAt(position));
    }

    /** A tilde is lower than the end, letters are lower than all else. */
    private static int weight(String part, int position) {
        if (!isOther(part, position)) {
            return 0;
        }
        char c = part.charAt(position);
        if (c == '~') {
            return -1;
        }
        return Letters.isLetter(c) ? c : c + 256;
    }

    @Override
    public String toString() {
        return "dpkg";
    }
}
