package dev.berth.registry.testing;

import java.util.regex.Pattern;

/**
 * A pattern for paths: {@code *} stands for any text without a slash, {@code **} for any text, everything else for
 * itself.
 */
final class PathPattern {
    private final String text;
    private final Pattern regex;

    private PathPattern(String text, Pattern regex) {
        this.text = text;
        this.regex = regex;
    }

    /**
     * Parses a pattern.
     *
     * @throws IllegalArgumentException if it would match nothing: it does not begin with a slash, or contains a question mark
     */
    static PathPattern of(String text) {
        if (!text.startsWith("/") && !text.startsWith("**")) {
            throw new IllegalArgumentException("A pattern for paths begins with a slash, as /v2/*/tags/list does; '"
                    + text + "' would match nothing");
        }
        if (text.indexOf('?') >= 0) {
            throw new IllegalArgumentException(
                    "A pattern is for paths, which end before the question mark: '" + text + "' would match nothing");
        }
        StringBuilder regex = new StringBuilder();
        int position = 0;
        while (position < text.length()) {
            if (text.startsWith("**", position)) {
                regex.append(".*");
                position += 2;
            } else if (text.charAt(position) == '*') {
                regex.append("[^/]*");
                position++;
            } else {
                regex.append(Pattern.quote(text.substring(position, position + 1)));
                position++;
            }
        }
        return new PathPattern(text, Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    boolean matches(String path) {
        return regex.matcher(path).matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathPattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
