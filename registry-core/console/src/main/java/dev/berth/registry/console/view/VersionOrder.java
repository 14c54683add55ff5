package dev.berth.registry.console.view;

import dev.berth.registry.Tag;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders tags as people count: numbers by their value, so that 1.10 is after 1.9, and 1.0-rc1 before 1.0. */
final class VersionOrder implements Comparator<Tag> {
    private static final Pattern PIECE = Pattern.compile("[0-9]+|[^0-9]+");

    @Override
    public int compare(Tag one, Tag other) {
        Matcher ones = PIECE.matcher(one.value());
        Matcher others = PIECE.matcher(other.value());
        while (true) {
            boolean more = ones.find();
            boolean otherMore = others.find();
            if (!more || !otherMore) {
                return more == otherMore ? one.compareTo(other) : more ? longer(ones.group()) : -longer(others.group());
            }
            int order = compare(ones.group(), others.group());
            if (order != 0) {
                return order;
            }
        }
    }

    /** What goes on with a dash is before what ends there: a version that is not ready yet. */
    private static int longer(String piece) {
        return piece.startsWith("-") ? -1 : 1;
    }

    private static int compare(String one, String other) {
        boolean number = Character.isDigit(one.charAt(0));
        boolean otherNumber = Character.isDigit(other.charAt(0));
        if (number && otherNumber) {
            return new BigInteger(one).compareTo(new BigInteger(other));
        }
        if (number != otherNumber) {
            // Words, such as latest, are not versions: below all of them.
            return number ? 1 : -1;
        }
        boolean dash = one.startsWith("-");
        return dash == other.startsWith("-") ? one.compareTo(other) : dash ? -1 : 1;
    }
}
