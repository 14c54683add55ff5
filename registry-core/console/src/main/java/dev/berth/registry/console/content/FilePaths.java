package dev.berth.registry.console.content;

import dev.berth.registry.console.html.Link;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of files in addresses, which have no control characters: a path that has some is written with backslashes. */
final class FilePaths {
    private static final String PLAIN = "path";
    private static final String ESCAPED = "escaped";
    private static final Pattern WRITTEN = Pattern.compile("\\\\(?:u([0-9a-f]{4})|\\\\)");
    private static final int DELETE = 0x7f;

    private FilePaths() {}

    /** Returns an address with a path. */
    static Link with(Link place, String path) {
        if (path.isEmpty()) {
            return place;
        }
        return path.chars().anyMatch(FilePaths::isControl)
                ? place.with(ESCAPED, escaped(path))
                : place.with(PLAIN, path);
    }

    private static boolean isControl(int c) {
        return c < ' ' || c == DELETE;
    }

    private static String escaped(String path) {
        StringBuilder out = new StringBuilder();
        for (char c : path.toCharArray()) {
            if (isControl(c)) {
                out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                out.append(c == '\\' ? "\\\\" : String.valueOf(c));
            }
        }
        return out.toString();
    }

    /** Returns the path that was asked for, without slashes at its ends; empty for the root. */
    static String asked(Function<String, Optional<String>> parameters) {
        String path = parameters
                .apply(PLAIN)
                .or(() -> parameters.apply(ESCAPED).map(FilePaths::unescaped))
                .orElse("");
        int begin = 0;
        int end = path.length();
        while (begin < end && path.charAt(begin) == '/') {
            begin++;
        }
        while (end > begin && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(begin, end);
    }

    private static String unescaped(String text) {
        return WRITTEN.matcher(text).replaceAll(found -> {
            String digits = found.group(1);
            String plain = digits == null ? "\\" : String.valueOf((char) Integer.parseInt(digits, 16));
            return Matcher.quoteReplacement(plain);
        });
    }
}
