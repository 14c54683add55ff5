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

    // From a word in a text up to the very name: one in a name counts more than all in texts.
    private static final int IN_TEXT = 1;
    private static final int BEGINS_WORD = 3;
    private static final int BEGINS_WORD_OF_DESCRIPTION = 6;
    private static final int IN_NAME = 100;
    private static final int BEGINS_PART = 1_000;
    private static final int IS_PART = 10_000;
    private static final int IS_LAST_PART = 100_000;
    private static final int IS_NAME = 1_000_000;

    /** How many places in a text are looked at, until one is good. */
    private static final int MOST_PLACES = 20;

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
            if (rank == 0) {
                rank = rankInText(card, word);
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

    private static int rankInText(RepositoryCard card, String word) {
        String text = card.words();
        int best = 0;
        int at = text.indexOf(word);
        for (int i = 0; at >= 0 && i < MOST_PLACES && best < BEGINS_WORD; i++) {
            boolean begins = at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1));
            // The description comes first.
            boolean described = at < card.description().length();
            best = Math.max(best, !begins ? IN_TEXT : described ? BEGINS_WORD_OF_DESCRIPTION : BEGINS_WORD);
            at = text.indexOf(word, at + 1);
        }
        return best;
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '-' || c == '_' || c == '.';
    }
}
