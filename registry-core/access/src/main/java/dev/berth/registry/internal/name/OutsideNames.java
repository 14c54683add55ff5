package dev.berth.registry.internal.name;

/** Checks names of callers and groups that something outside has chosen, for policies, logs and listings. */
public final class OutsideNames {
    private static final int LONGEST = 255;

    private OutsideNames() {}

    /** Returns whether a text can be shown: 1 to 255 characters, none of which changes how the others look. */
    public static boolean isPrintable(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.equals(text.strip())
                && text.codePoints().noneMatch(OutsideNames::isHidden);
    }

    /** Returns whether a text can be the name of a caller: printable, and not in the form of the name of a robot. */
    public static boolean isName(String text) {
        return isPrintable(text) && text.indexOf('+') < 0;
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
