package dev.berth.registry.scan.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A version of Maven: sections of tokens. A section is what other descriptions call a list within a list: it begins at a
 * hyphen, or where digits and letters meet, and is the last part of the section before it.
 */
record MavenVersion(List<List<MavenToken>> sections) implements Comparable<MavenVersion> {

    static MavenVersion parse(String version) {
        Reader reader = new Reader(version.toLowerCase(Locale.ENGLISH));
        reader.read();
        return new MavenVersion(withoutEnds(reader.sections));
    }

    private static final class Reader {
        private final String text;
        private final List<List<MavenToken>> sections = new ArrayList<>();
        private List<MavenToken> section = new ArrayList<>();
        private int start;
        private boolean digits;

        Reader(String text) {
            this.text = text;
            sections.add(section);
        }

        void read() {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c == '.') {
                    addUpTo(i);
                    start = i + 1;
                } else if (c == '-') {
                    addUpTo(i);
                    start = i + 1;
                    beginSection();
                } else {
                    boolean digit = Digits.isDigit(c);
                    if (digit != digits && i > start) {
                        meet(i);
                    }
                    digits = digit;
                }
            }
            if (start < text.length()) {
                if (!digits && !section.isEmpty()) {
                    beginSection();
                }
                addUpTo(text.length());
            }
        }

        /** Digits and letters meet here. */
        private void meet(int position) {
            if (digits) {
                addUpTo(position);
            } else {
                if (!section.isEmpty()) {
                    beginSection();
                }
                section.add(MavenToken.wordBeforeNumber(text.substring(start, position)));
            }
            start = position;
            beginSection();
        }

        private void beginSection() {
            section = new ArrayList<>();
            sections.add(section);
        }

        private void addUpTo(int end) {
            if (end == start) {
                section.add(MavenToken.ZERO);
            } else {
                String token = text.substring(start, end);
                section.add(digits ? MavenToken.number(token) : MavenToken.word(token));
            }
        }
    }

    /** Removes what means nothing from the end of each section, and then sections in which nothing is left. */
    private static List<List<MavenToken>> withoutEnds(List<List<MavenToken>> sections) {
        for (int i = sections.size() - 1; i >= 0; i--) {
            List<MavenToken> section = sections.get(i);
            while (!section.isEmpty() && section.get(section.size() - 1).isNothing()) {
                section.remove(section.size() - 1);
            }
            if (i > 0 && section.isEmpty() && i == sections.size() - 1) {
                sections.remove(i);
            }
        }
        return sections;
    }

    @Override
    public int compareTo(MavenVersion other) {
        for (int i = 0; ; i++) {
            List<MavenToken> mine = sections.get(i);
            List<MavenToken> others = other.sections.get(i);
            int shorter = Math.min(mine.size(), others.size());
            for (int j = 0; j < shorter; j++) {
                int order = mine.get(j).compareTo(others.get(j));
                if (order != 0) {
                    return order;
                }
            }
            boolean mineGoesOn = i + 1 < sections.size();
            boolean othersGoesOn = i + 1 < other.sections.size();
            if (mine.size() == others.size() && mineGoesOn && othersGoesOn) {
                continue;
            }
            return compareRests(other, i, shorter, mineGoesOn, othersGoesOn);
        }
    }

    private int compareRests(MavenVersion other, int section, int from, boolean mineGoesOn, boolean othersGoesOn) {
        Optional<MavenToken> mine = token(section, from);
        Optional<MavenToken> others = other.token(section, from);
        if (mine.isPresent() && othersGoesOn) {
            return mine.get().kind() == MavenToken.Kind.NUMBER ? 1 : -1;
        }
        if (others.isPresent() && mineGoesOn) {
            return others.get().kind() == MavenToken.Kind.NUMBER ? -1 : 1;
        }
        // At most one of them has anything left.
        int order = compareToEnd(section, from);
        return order != 0 ? order : -other.compareToEnd(section, from);
    }

    private Optional<MavenToken> token(int section, int position) {
        List<MavenToken> tokens = sections.get(section);
        return position < tokens.size() ? Optional.of(tokens.get(position)) : Optional.empty();
    }

    private int compareToEnd(int section, int from) {
        for (int i = section; i < sections.size(); i++) {
            List<MavenToken> tokens = sections.get(i);
            for (MavenToken token : tokens.subList(i == section ? from : 0, tokens.size())) {
                int order = token.compareToEnd();
                if (order != 0) {
                    return order;
                }
            }
        }
        return 0;
    }
}
