package dev.berth.registry.internal.wire;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import dev.berth.registry.ByteRange;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** {@code Range} and {@code Content-Range} of a download (RFC 9110, section 14). */
public final class RangeHeader {
    /** The number of ranges that are taken: podman and buildah ask for so many at once. */
    public static final int MOST_RANGES = 1024;

    private static final String UNIT = "bytes=";

    private RangeHeader() {}

    /**
     * Parses a {@code Range} (RFC 9110, section 14.2).
     *
     * @return the ranges in their order, or none if the header is to be ignored: it is malformed, has another unit, or
     *     has more than {@value #MOST_RANGES} ranges
     * @throws RegistryException with {@link ErrorCode#RANGE_INVALID} if the only range ends before it starts. The RFC
     *     says to ignore it, but the official conformance suite requires 416
     */
    public static List<ByteRange> parse(String value) {
        String text = value.strip();
        if (!text.regionMatches(true, 0, UNIT, 0, UNIT.length())) {
            return List.of();
        }
        // Elements of a list may be empty (section 5.6.1).
        List<String> elements = Splitter.on(',')
                .trimResults(CharMatcher.anyOf(" \t"))
                .omitEmptyStrings()
                .limit(MOST_RANGES + 1)
                .splitToList(text.substring(UNIT.length()));
        if (elements.size() > MOST_RANGES) {
            return List.of();
        }
        List<ByteRange> ranges = new ArrayList<>();
        for (String element : elements) {
            Optional<ByteRange> range = parseOne(element, elements.size() == 1);
            if (range.isEmpty()) {
                return List.of();
            }
            ranges.add(range.get());
        }
        return ranges;
    }

    private static Optional<ByteRange> parseOne(String text, boolean only) {
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.empty();
        }
        String firstText = text.substring(0, dash).strip();
        String lastText = text.substring(dash + 1).strip();
        OptionalLong first = Decimal.parse(firstText);
        OptionalLong last = Decimal.parse(lastText);
        if (first.isEmpty() && !firstText.isEmpty()
                || last.isEmpty() && !lastText.isEmpty()
                || first.isEmpty() && last.isEmpty()) {
            return Optional.empty();
        }
        if (first.isPresent() && last.isPresent() && last.getAsLong() < first.getAsLong()) {
            if (!only) {
                return Optional.empty();
            }
            throw RegistryException.of(
                    ErrorCode.RANGE_INVALID,
                    "The range " + UNIT + text + " ends before it starts; write bytes=first-last");
        }
        return Optional.of(new ByteRange(first, last));
    }

    /** Formats a {@code Range}. */
    public static String format(ByteRange range) {
        return UNIT + range;
    }

    /** Formats the {@code Content-Range} of a partial response (206). */
    public static String formatContentRange(ByteRange.Slice slice, long totalSize) {
        return "bytes " + slice.offset() + "-" + (slice.offset() + slice.length() - 1) + "/" + totalSize;
    }

    /** Formats the {@code Content-Range} of an unsatisfied range (416). */
    public static String formatUnsatisfied(long totalSize) {
        return "bytes */" + totalSize;
    }

    /**
     * Parses the {@code Content-Range} of a partial response.
     *
     * @return the position and length of the part and the total size (empty if it is {@code *}), or empty if the header
     *     is malformed
     */
    public static Optional<Part> parseContentRange(String value) {
        String text = value.strip();
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        if (!text.toLowerCase(Locale.ROOT).startsWith("bytes ") || dash < 0 || slash < dash) {
            return Optional.empty();
        }
        OptionalLong first = Decimal.parse(text.substring(6, dash).strip());
        OptionalLong last = Decimal.parse(text.substring(dash + 1, slash).strip());
        String totalText = text.substring(slash + 1).strip();
        OptionalLong total = Decimal.parse(totalText);
        if (first.isEmpty()
                || last.isEmpty()
                || last.getAsLong() < first.getAsLong()
                // The number of bytes would be none.
                || last.getAsLong() == Long.MAX_VALUE
                || total.isEmpty() && !totalText.equals("*")
                || total.isPresent() && total.getAsLong() <= last.getAsLong()) {
            return Optional.empty();
        }
        return Optional.of(
                new Part(new ByteRange.Slice(first.getAsLong(), last.getAsLong() - first.getAsLong() + 1), total));
    }

    /**
     * A part of content.
     *
     * @param slice the position and length of the part
     * @param totalSize the total size of the content in bytes, if stated
     */
    public record Part(ByteRange.Slice slice, OptionalLong totalSize) {}
}
