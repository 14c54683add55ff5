package dev.berth.registry.storage;

/**
 * The order of listings: that of the bytes of UTF-8, which is the order of code points and differs from
 * {@link String#compareTo} beyond U+FFFF.
 *
 * @since 0.1
 */
public final class Utf8Order {
    private Utf8Order() {}

    /** Compares two texts by the bytes of their UTF-8 form, as a {@link java.util.Comparator} does. */
    public static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean xSurrogate = Character.isSurrogate(x);
                boolean ySurrogate = Character.isSurrogate(y);
                if (xSurrogate != ySurrogate) {
                    return xSurrogate ? 1 : -1;
                }
                return Character.compare(x, y);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
