package dev.berth.registry.account.store;

import dev.berth.registry.storage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The keys of the objects of this package. Names of accounts are in them with every character but lower-case letters,
 * digits, dash, underscore and dot as {@code =} and two hexadecimal digits per byte: so they differ also where a file
 * system does not tell upper from lower case, and have the order of the names if these are ASCII.
 */
final class ObjectNames {
    static final ObjectKey MODEL = ObjectKey.of("model");
    static final ObjectKey SIGNING_KEYS = ObjectKey.of("signing-keys");
    static final String PEOPLE = "people/";
    static final String ROBOTS = "robots/";
    static final String TOKENS = "tokens/";
    static final String USES = "uses/";

    private static final int LONGEST = 255;

    private ObjectNames() {}

    static ObjectKey person(String name) {
        return ObjectKey.of(PEOPLE + encoded(name));
    }

    static ObjectKey robots(String owner) {
        return ObjectKey.of(ROBOTS + encoded(owner));
    }

    static ObjectKey token(String owner, String id) {
        return ObjectKey.of(tokensOf(owner) + id);
    }

    static String tokensOf(String owner) {
        return TOKENS + encoded(owner) + "/";
    }

    /** Returns whether a name fits into a key. */
    static boolean fits(String name) {
        return !name.isEmpty()
                && name.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                && encoded(name).length() <= LONGEST;
    }

    static String encoded(String name) {
        StringBuilder text = new StringBuilder();
        for (byte octet : name.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            if (plain || c == '.' && !text.isEmpty()) {
                text.append(c);
            } else {
                text.append('=').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return text.toString();
    }
}
