package dev.berth.registry.copy;

import dev.berth.registry.Tag;

/**
 * A pattern for tags: {@code *} stands for any characters, {@code ?} for one, everything else for itself.
 *
 * @param glob the pattern
 * @since 0.1
 */
public record TagPattern(String glob) {

    /** Checks that it can match a tag at all. */
    public TagPattern {
        boolean possible = !glob.isEmpty()
                && glob.chars()
                        .allMatch(c -> c == '*'
                                || c == '?'
                                || c == '_'
                                || c == '.'
                                || c == '-'
                                || c < 128 && Character.isLetterOrDigit(c));
        if (!possible) {
            throw new IllegalArgumentException("'" + glob + "' is not a pattern for tags: use letters, digits, '_', '.'"
                    + " and '-', with '*' for any characters and '?' for one");
        }
    }

    /** Returns whether the whole tag matches. */
    public boolean matches(Tag tag) {
        return matches(tag.value());
    }

    /** Tries at each star the shortest text first, and goes back to the last star only: never exponential. */
    private boolean matches(String text) {
        int inGlob = 0;
        int inText = 0;
        int star = -1;
        int afterStar = 0;
        while (inText < text.length()) {
            char expected = inGlob < glob.length() ? glob.charAt(inGlob) : 0;
            if (expected == '*') {
                star = inGlob++;
                afterStar = inText;
            } else if (expected == '?' || expected == text.charAt(inText)) {
                inGlob++;
                inText++;
            } else if (star >= 0) {
                inGlob = star + 1;
                inText = ++afterStar;
            } else {
                return false;
            }
        }
        while (inGlob < glob.length() && glob.charAt(inGlob) == '*') {
            inGlob++;
        }
        return inGlob == glob.length();
    }

    /** Prints the pattern. */
    @Override
    public String toString() {
        return glob;
    }
}
