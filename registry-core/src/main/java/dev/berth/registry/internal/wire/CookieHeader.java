package dev.berth.registry.internal.wire;

import java.util.List;
import java.util.Optional;

/** Reads what browsers send in {@code Cookie} (RFC 6265, section 4.2). */
public final class CookieHeader {
    /** Longer fields are not looked at. */
    private static final int LONGEST = 16 * 1024;

    private CookieHeader() {}

    /**
     * Returns the value of a cookie: the first one of that name, which is the one with the longest path.
     *
     * @param fields the values of all fields {@code Cookie}
     */
    public static Optional<String> find(List<String> fields, String name) {
        for (String field : fields) {
            if (field.length() > LONGEST) {
                continue;
            }
            for (String pair : field.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    return Optional.of(pair.substring(equals + 1).strip());
                }
            }
        }
        return Optional.empty();
    }
}
