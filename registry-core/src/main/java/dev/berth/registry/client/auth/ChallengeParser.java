package dev.berth.registry.client.auth;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values of {@code WWW-Authenticate} by the grammar of RFC 9110, section 11.6.1:
 *
 * <pre>
 * challenges = challenge *( "," challenge )
 * challenge  = auth-scheme [ 1*SP ( token68 / [ auth-param *( "," auth-param ) ] ) ]
 * auth-param = token "=" ( token / quoted-string )
 * </pre>
 *
 * <p>A comma separates both challenges and the parameters of one. What follows it decides: a token with an equals sign is
 * a parameter, one without starts a challenge. Malformed text is skipped up to the next comma, so that one malformed
 * challenge does not hide the others.
 */
final class ChallengeParser {
    private final String text;
    private final List<Challenge> challenges;
    private int position;
    private Challenge.@Nullable Builder current;

    private ChallengeParser(String text, List<Challenge> challenges) {
        this.text = text;
        this.challenges = challenges;
    }

    /** Reads the values, in their order. */
    static List<Challenge> parse(List<String> values) {
        List<Challenge> challenges = new ArrayList<>();
        for (String value : values) {
            new ChallengeParser(value, challenges).run();
        }
        return challenges;
    }

    private void run() {
        while (position < text.length()) {
            skip(" \t,");
            String token = token();
            if (token.isEmpty()) {
                skipToComma();
            } else if (isFollowedByEquals()) {
                parameter(token);
            } else {
                end();
                current = new Challenge.Builder(token);
                token68();
            }
        }
        end();
    }

    private void end() {
        if (current != null) {
            challenges.add(current.build());
            current = null;
        }
    }

    /** Reads the rest of a parameter, which is dropped before the first challenge. */
    private void parameter(String name) {
        skip(" \t");
        position++;
        skip(" \t");
        String value = position < text.length() && text.charAt(position) == '"' ? quoted() : token();
        if (current != null) {
            current.parameter(name, value);
        }
        skip(" \t");
        if (position < text.length() && text.charAt(position) != ',') {
            skipToComma();
        }
    }

    /** Reads what may follow a scheme instead of parameters: it ends at a comma, and has equals signs only at its end. */
    private void token68() {
        int begin = position;
        skip(" ");
        int start = position;
        while (position < text.length() && isToken68(text.charAt(position))) {
            position++;
        }
        boolean some = position > start;
        skip("=");
        int end = position;
        skip(" \t");
        boolean complete = some && (position == text.length() || text.charAt(position) == ',');
        if (complete && current != null) {
            current.token68(text.substring(start, end));
        } else {
            position = begin;
        }
    }

    private boolean isFollowedByEquals() {
        int next = position;
        while (next < text.length() && " \t".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next < text.length() && text.charAt(next) == '=';
    }

    private String token() {
        int begin = position;
        while (position < text.length() && isToken(text.charAt(position))) {
            position++;
        }
        return text.substring(begin, position);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            value.append(text.charAt(position));
            position++;
        }
        position++;
        return value.toString();
    }

    private void skip(String characters) {
        while (position < text.length() && characters.indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private void skipToComma() {
        while (position < text.length() && text.charAt(position) != ',') {
            if (text.charAt(position) == '"') {
                quoted();
            } else {
                position++;
            }
        }
    }

    private static boolean isToken(char c) {
        return isAlphanumeric(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }

    private static boolean isToken68(char c) {
        return isAlphanumeric(c) || "-._~+/".indexOf(c) >= 0;
    }

    private static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
