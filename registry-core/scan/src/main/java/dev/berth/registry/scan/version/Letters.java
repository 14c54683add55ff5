package dev.berth.registry.scan.version;

/** Letters of ASCII, whatever the locale. */
final class Letters {

    private Letters() {}

    static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    /** Returns the position behind the letters that begin at this one. */
    static int end(String text, int from) {
        int end = from;
        while (end < text.length() && isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
