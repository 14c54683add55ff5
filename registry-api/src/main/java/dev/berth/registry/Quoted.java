package dev.berth.registry;

/** Makes untrusted text safe for a message: truncated, and without control characters. */
final class Quoted {
    private static final int LONGEST = 160;

    private Quoted() {}

    static String shorten(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        StringBuilder printable = new StringBuilder(cut.length());
        cut.codePoints()
                .forEach(c -> printable.appendCodePoint(
                        Character.isISOControl(c)
                                        || !Character.isDefined(c)
                                        || Character.getType(c) == Character.SURROGATE
                                ? '\uFFFD'
                                : c));
        return printable.toString();
    }
}
