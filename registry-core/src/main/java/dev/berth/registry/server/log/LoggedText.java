package dev.berth.registry.server.log;

import dev.berth.registry.internal.json.EscapedText;
import java.util.Set;

/** What a client sent, as far as a log may show it: bounded, and without what may be a secret. */
final class LoggedText {
    /** How many characters of an address are shown; a digest and the longest name of a repository fit in it. */
    private static final int LONGEST_TARGET = 1024;

    private static final int LONGEST = 512;
    private static final String HIDDEN = "***";

    /** The parameters of the distribution API, of token services, and of the management of accounts that hold no secrets. */
    private static final Set<String> SHOWN = Set.of(
            "n",
            "last",
            "digest",
            "mount",
            "from",
            "tag",
            "artifactType",
            "ns",
            "service",
            "scope",
            "account",
            "client_id",
            "offline_token",
            "grant_type",
            "access_type",
            "after",
            "limit",
            "name",
            "id",
            "owner",
            "organisation",
            "team",
            "member",
            "role",
            "repository",
            "repositories",
            "to",
            "caller");

    private LoggedText() {}

    /** Returns a header field, or a name, that holds no secret. */
    static String of(String text) {
        return EscapedText.cut(text, LONGEST);
    }

    /** Returns path and query. Only the values of parameters that are known to be harmless are shown. */
    static String target(String target) {
        int mark = target.indexOf('?');
        if (mark < 0 || mark >= LONGEST_TARGET) {
            return EscapedText.cut(target, LONGEST_TARGET);
        }
        StringBuilder shown = new StringBuilder(target.length()).append(target, 0, mark + 1);
        int begin = mark + 1;
        // What is longer is cut off anyway.
        while (begin <= target.length() && shown.length() <= LONGEST_TARGET) {
            int end = target.indexOf('&', begin);
            end = end < 0 ? target.length() : end;
            if (begin > mark + 1) {
                shown.append('&');
            }
            appendParameter(shown, target, begin, end);
            begin = end + 1;
        }
        return EscapedText.cut(shown.toString(), LONGEST_TARGET);
    }

    /** The name of an unknown one is shown, if it is one: without a value it may be a secret itself. */
    private static void appendParameter(StringBuilder shown, String target, int begin, int end) {
        int equals = target.indexOf('=', begin);
        boolean hasValue = equals >= begin && equals + 1 < end;
        String name = hasValue ? target.substring(begin, equals) : "";
        if (hasValue && SHOWN.contains(name) || begin == end) {
            shown.append(target, begin, end);
        } else if (hasValue) {
            shown.append(EscapedText.cut(name, LONGEST)).append('=').append(HIDDEN);
        } else if (equals == end - 1 && SHOWN.contains(target.substring(begin, equals))) {
            shown.append(target, begin, end);
        } else {
            shown.append(HIDDEN);
        }
    }

    /** Returns the address of the page that led to a request, without user information, query and fragment. */
    static String referrer(String referrer) {
        int end = referrer.length();
        for (int i = 0; i < end; i++) {
            char c = referrer.charAt(i);
            if (c == '?' || c == '#') {
                end = i;
            }
        }
        int host = referrer.indexOf("//") + 2;
        int path = host < 2 ? -1 : referrer.indexOf('/', host);
        int at = host < 2 ? -1 : referrer.lastIndexOf('@', path < 0 || path > end ? end : path);
        String shown = at < host || at >= end
                ? referrer.substring(0, end)
                : referrer.substring(0, host) + HIDDEN + referrer.substring(at, end);
        return EscapedText.cut(end < referrer.length() ? shown + "?" + HIDDEN : shown, LONGEST);
    }
}
