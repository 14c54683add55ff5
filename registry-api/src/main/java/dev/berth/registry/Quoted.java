package dev.berth.registry;

/** Brings text that a stranger sent into a form that may stand in a message: short, and without control characters. */
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
