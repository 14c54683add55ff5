package dev.berth.registry.server.http1.message;

import java.nio.charset.StandardCharsets;

/** A line in a buffer, without its end. Valid until more is read. Bytes that are not ASCII are characters of Latin-1. */
public final class Line {
    private final byte[] buffer;
    private final int begin;
    private final int end;

    public Line(byte[] buffer, int begin, int end) {
        this.buffer = buffer;
        this.begin = begin;
        this.end = end;
    }

    public int length() {
        return end - begin;
    }

    public boolean isEmpty() {
        return end == begin;
    }

    public char charAt(int index) {
        return (char) (buffer[begin + index] & 0xff);
    }

    /** Returns the first position of the character, or -1. */
    public int indexOf(char c, int from) {
        for (int i = begin + from; i < end; i++) {
            if (buffer[i] == c) {
                return i - begin;
            }
        }
        return -1;
    }

    public String substring(int from, int to) {
        return new String(buffer, begin + from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Returns a part without the blanks around it. */
    public String trimmed(int from, int to) {
        int first = from;
        int last = to;
        while (first < last && isBlank(charAt(first))) {
            first++;
        }
        while (first < last && isBlank(charAt(last - 1))) {
            last--;
        }
        return substring(first, last);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
