package dev.berth.registry.internal.wire;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.OptionalLong;

/**
 * The ranges of an upload: {@code 0-1023}, without a unit and without a total size. A request has one in
 * {@code Content-Range} for the chunk that it carries, a response in {@code Range} for what has arrived.
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
     * Parses a {@code Content-Range}. The form of HTTP ({@code bytes 0-1023/4096}) is understood as well, since some
     * clients write it.
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
                    "The Content-Range of a chunk is written as first-last, such as 0-1023, both inclusive");
        }
        return new UploadRange(first.getAsLong(), last.getAsLong());
    }

    /**
     * Formats the {@code Range} of an upload that has this many bytes. For none there is no way to write it; everyone
     * writes {@code 0-0}.
     */
    public static String formatReceived(long offset) {
        return "0-" + Math.max(0, offset - 1);
    }

    /**
     * Parses the {@code Range} of an upload.
     *
     * @return the number of bytes that have arrived, where {@code 0-0} counts as none; empty if it is malformed
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

    /** Prints the range as in {@code Content-Range}. */
    @Override
    public String toString() {
        return first + "-" + last;
    }
}
