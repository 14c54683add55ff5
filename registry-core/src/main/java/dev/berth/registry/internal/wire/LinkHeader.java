package dev.berth.registry.internal.wire;

import java.util.Locale;
import java.util.Optional;

/** {@code Link} with the relation {@code next} (RFC 8288): the address of the next page of a list. */
public final class LinkHeader {
    private LinkHeader() {}

    /** Formats the header for a target: an encoded path with its query. */
    public static String formatNext(String target) {
        return "<" + target + ">; rel=\"next\"";
    }

    /** Returns the target of the first link in the value whose relation is {@code next}, or empty if there is none. */
    public static Optional<String> parseNext(String value) {
        int position = 0;
        while (position < value.length()) {
            int open = value.indexOf('<', position);
            int close = open < 0 ? -1 : value.indexOf('>', open);
            if (close < 0) {
                return Optional.empty();
            }
            int end = endOfLink(value, close + 1);
            if (isNext(value.substring(close + 1, end))) {
                return Optional.of(value.substring(open + 1, close).strip());
            }
            position = end + 1;
        }
        return Optional.empty();
    }

    private static int endOfLink(String value, int begin) {
        boolean quoted = false;
        for (int i = begin; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return value.length();
    }

    private static boolean isNext(String parameters) {
        for (String parameter : parameters.split(";", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0 || !parameter.substring(0, equals).strip().equalsIgnoreCase("rel")) {
                continue;
            }
            String relations = parameter.substring(equals + 1).strip().replace("\"", "");
            for (String relation : relations.toLowerCase(Locale.ROOT).split(" ", -1)) {
                if (relation.equals("next")) {
                    return true;
                }
            }
        }
        return false;
    }
}
