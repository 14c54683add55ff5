package dev.berth.registry.internal.wire;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.OptionalLong;

/**
 * A range of an upload: {@code 0-1023}, without unit and total size. In a request, {@code Content-Range} is the range
 * of the chunk. In a response, {@code Range} is the range of the bytes received so far.
 *
 * @param first the position of the first byte
 * @param last the position of the last byte
 */
public record UploadRange(long first, long last) {

    /** Returns the number of bytes. */
    public long length() {
        return last - first + 1;
    }

    /**
     * Parses a {@code Content-Range}. The form of HTTP ({@code bytes 0-1023/4096}) is accepted as well, since some
     * clients send it.
     *
     * @throws RegistryException with {@link ErrorCode#BLOB_UPLOAD_INVALID} if it is malformed
     */
    public static UploadRange parse(String value) {
        String text = value.strip();
        if (text.regionMatches(true, 0, "bytes", 0, 5)) {
            text = text.substring(5).strip();
            int slash = text.indexOf('/');
            text = slash < 0 ? text : text.substring(0, slash);
        }
        int dash = text.indexOf('-');
        OptionalLong first = Decimal.parse(dash < 0 ? "" : text.substring(0, dash));
        OptionalLong last = Decimal.parse(dash < 0 ? "" : text.substring(dash + 1));
        if (first.isEmpty()
                || last.isEmpty()
                || last.getAsLong() < first.getAsLong()
                || last.getAsLong() == Long.MAX_VALUE) {
            throw RegistryException.of(
                    ErrorCode.BLOB_UPLOAD_INVALID,
                    "The Content-Range of the chunk is malformed; write first-last, both inclusive, such as 0-1023");
        }
        return new UploadRange(first.getAsLong(), last.getAsLong());
    }

    /**
     * Formats the {@code Range} of an upload that has this many bytes. The grammar has no form for zero bytes;
     * registries send {@code 0-0}.
     */
    public static String formatReceived(long offset) {
        return "0-" + Math.max(0, offset - 1);
    }

    /**
     * Parses the {@code Range} of an upload.
     *
     * @return the number of bytes received, 0 for {@code 0-0}; empty if the value is malformed
     */
    public static OptionalLong parseReceived(String value) {
        String text = value.strip();
        if (text.regionMatches(true, 0, "bytes=", 0, 6)) {
            text = text.substring(6);
        }
        if (!text.startsWith("0-")) {
            return OptionalLong.empty();
        }
        OptionalLong last = Decimal.parse(text.substring(2));
        if (last.isEmpty() || last.getAsLong() == Long.MAX_VALUE) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(last.getAsLong() == 0 ? 0 : last.getAsLong() + 1);
    }

    /** Returns the range as in {@code Content-Range}. */
    @Override
    public String toString() {
        return first + "-" + last;
    }
}
