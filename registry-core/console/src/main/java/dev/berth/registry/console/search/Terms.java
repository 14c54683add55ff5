package dev.berth.registry.console.search;

import dev.berth.registry.console.catalog.RepositoryCard;
import java.util.List;
import java.util.Locale;

/**
 * What somebody looks for: words, of which each must be somewhere.
 *
 * @param words in lower case
 */
record Terms(List<String> words) {
    private static final int MOST_WORDS = 8;
    private static final int LONGEST = 200;

    // From a word in a text up to the very name: one of a better kind counts more than all of worse kinds.
    private static final int IN_TEXT = 1;
    private static final int IN_NAME = 10;
    private static final int BEGINS_PART = 100;
    private static final int IS_PART = 1_000;
    private static final int IS_LAST_PART = 10_000;
    private static final int IS_NAME = 100_000;

    Terms {
        words = List.copyOf(words);
    }

    static Terms parse(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        return new Terms(cut.toLowerCase(Locale.ROOT)
                .strip()
                .lines()
                .flatMap(line -> List.of(line.split("\\s+")).stream())
                .filter(word -> !word.isEmpty())
                .limit(MOST_WORDS)
                .toList());
    }

    /** Returns how well a repository fits; 0 if it does not. */
    int rank(RepositoryCard card) {
        String name = card.name().value();
        int sum = 1;
        for (String word : words) {
            int rank = rankInName(name, word);
            if (rank == 0 && card.contains(word)) {
                rank = IN_TEXT;
            }
            if (rank == 0) {
                return 0;
            }
            sum += rank;
        }
        return sum;
    }

    private static int rankInName(String name, String word) {
        int at = name.indexOf(word);
        if (at < 0) {
            return 0;
        }
        if (name.equals(word)) {
            return IS_NAME;
        }
        int best = IN_NAME;
        for (; at >= 0; at = name.indexOf(word, at + 1)) {
            int end = at + word.length();
            boolean begins = at == 0 || isSeparator(name.charAt(at - 1));
            boolean ends = end == name.length() || isSeparator(name.charAt(end));
            boolean part = (at == 0 || name.charAt(at - 1) == '/') && end == name.length();
            best = Math.max(best, part ? IS_LAST_PART : begins && ends ? IS_PART : begins ? BEGINS_PART : IN_NAME);
        }
        return best;
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '-' || c == '_' || c == '.';
    }
}
