package dev.berth.registry.scan.internal.osv;

/**
 * Where a range begins or ends.
 *
 * @param kind what is there
 * @param version at which version
 */
public record RangeEvent(Kind kind, String version) {

    /** What is at the version. */
    public enum Kind {
        /** The first version that is affected. */
        INTRODUCED('i'),
        /** The first that is not any more. */
        FIXED('f'),
        /** The last that is affected. */
        LAST_AFFECTED('a'),
        /** The range says nothing about versions from here on. */
        LIMIT('l');

        private final char code;

        Kind(char code) {
            this.code = code;
        }

        /** Returns the letter that stands for it in files. */
        public int code() {
            return code;
        }

        /**
         * Returns that of a letter.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Kind ofCode(int code) {
            return switch (code) {
                case 'i' -> INTRODUCED;
                case 'f' -> FIXED;
                case 'a' -> LAST_AFFECTED;
                case 'l' -> LIMIT;
                default -> throw new IllegalArgumentException("No event has the letter " + code);
            };
        }
    }
}
