package dev.berth.registry.internal.json;

import java.nio.ByteBuffer;

/** Says where in a document a problem is. */
final class JsonPlace {
    private JsonPlace() {}

    /** Returns the exception for a problem at this position. */
    static MalformedJsonException malformed(ByteBuffer document, int position, String problem) {
        int line = 1;
        int column = 1;
        for (int i = document.position(); i < position && i < document.limit(); i++) {
            byte b = document.get(i);
            if (b == '\n') {
                line++;
                column = 1;
            } else if ((b & 0xc0) != 0x80) {
                column++;
            }
        }
        return new MalformedJsonException(
                "", "is not valid JSON: " + problem + " (line " + line + ", column " + column + ")");
    }

    /** Returns a character that should not be there, for a message. */
    static String show(int b) {
        return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "of the code " + b;
    }
}
