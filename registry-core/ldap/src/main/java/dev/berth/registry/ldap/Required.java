package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.DN;
import java.time.Duration;
import java.util.regex.Pattern;

/** Checks settings. */
final class Required {
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][A-Za-z0-9-]*");

    private Required() {}

    static String dn(String what, String text) {
        if (!DN.isValidDN(text)) {
            throw new IllegalArgumentException("The " + what + " is not the name of an entry (DN): " + text);
        }
        return text;
    }

    static String attribute(String name) {
        if (!ATTRIBUTE.matcher(name).matches()) {
            throw new IllegalArgumentException("Not the name of an attribute: " + name);
        }
        return name;
    }

    static int positive(int number) {
        if (number < 1) {
            throw new IllegalArgumentException("The number must be at least 1, not " + number);
        }
        return number;
    }

    static Duration positive(Duration time) {
        if (time.toMillis() < 1) {
            throw new IllegalArgumentException("The time must be a millisecond or longer, not " + time);
        }
        return time;
    }

    static Duration notNegative(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("The time must not be negative: " + time);
        }
        return time;
    }
}
