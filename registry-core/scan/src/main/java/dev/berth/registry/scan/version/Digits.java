package dev.berth.registry.scan.version;

/** Numbers as text in ASCII, which may have more digits than any type of number. */
final class Digits {

    private Digits() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Returns whether this is one digit or more. */
    static boolean isNumber(String text) {
        return !text.isEmpty() && end(text, 0) == text.length();
    }

    /** Returns the position behind the digits that begin at this one. */
    static int end(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Returns the number without leading zeros: zero is empty. */
    static String strip(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    /** Compares by value. No digits at all are zero. */
    static int compare(String first, String second) {
        String left = strip(first);
        String right = strip(second);
        return left.length() == right.length() ? left.compareTo(right) : Integer.compare(left.length(), right.length());
    }
}
