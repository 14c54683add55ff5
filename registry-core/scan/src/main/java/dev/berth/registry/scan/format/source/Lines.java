package dev.berth.registry.scan.format.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The lines of a text in UTF-8. A line that is too long is cut. For one thread. */
public final class Lines {
    private static final int LONGEST = 64 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[LONGEST];
    private final byte[] line = new byte[LONGEST];
    private int position;
    private int limit;

    /** @param in the text; it is not closed */
    public Lines(InputStream in) {
        this.in = in;
    }

    /** Returns the next line without its end, or null behind the last. */
    public @Nullable String next() throws IOException {
        int length = 0;
        boolean any = false;
        while (fill()) {
            any = true;
            byte b = buffer[position++];
            if (b == '\n') {
                break;
            }
            if (length < LONGEST) {
                line[length++] = b;
            }
        }
        if (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return any ? new String(line, 0, length, StandardCharsets.UTF_8) : null;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
            position = 0;
        }
        return limit > 0;
    }
}
