package dev.berth.registry;

import java.util.OptionalLong;

/**
 * A range of bytes as in an HTTP {@code Range} header (RFC 9110, section 14.1.2): positions start at 0, and both ends
 * are inclusive.
 *
 * @param first the first position; empty for a suffix, or for the whole content if {@code last} is empty as well
 * @param last the last position; empty for the end of the content. Without {@code first}, the length of the suffix
 * @since 0.1
 */
public record ByteRange(OptionalLong first, OptionalLong last) {

    private static final ByteRange ALL = new ByteRange(OptionalLong.empty(), OptionalLong.empty());

    /** Checks that the positions are not negative and are in order. */
    public ByteRange {
        if (first.isPresent() && first.getAsLong() < 0 || last.isPresent() && last.getAsLong() < 0) {
            throw new IllegalArgumentException("A byte range cannot have negative positions");
        }
        if (first.isPresent() && last.isPresent() && last.getAsLong() < first.getAsLong()) {
            throw new IllegalArgumentException(
                    "A byte range cannot end (" + last.getAsLong() + ") before it begins (" + first.getAsLong() + ")");
        }
    }

    /** Returns the range that is the whole content, which may be empty. */
    public static ByteRange all() {
        return ALL;
    }

    /** Returns the range from a position to the end. */
    public static ByteRange from(long first) {
        return new ByteRange(OptionalLong.of(first), OptionalLong.empty());
    }

    /** Returns the range between two positions, both inclusive. */
    public static ByteRange between(long first, long last) {
        return new ByteRange(OptionalLong.of(first), OptionalLong.of(last));
    }

    /** Returns the range of this many bytes at the end of the content, or the whole content if it is shorter. */
    public static ByteRange suffix(long count) {
        return new ByteRange(OptionalLong.empty(), OptionalLong.of(count));
    }

    /** Returns whether this is the whole content, whatever its size. */
    public boolean isAll() {
        return first.isEmpty() && last.isEmpty();
    }

    /**
     * Applies the range to content of this size. A range that exceeds the end is shortened.
     *
     * @param totalSize the size of the content in bytes
     * @throws RegistryException with {@link ErrorCode#RANGE_INVALID} if the range contains no byte of the content
     */
    public Slice slice(long totalSize) {
        if (isAll()) {
            return new Slice(0, totalSize);
        }
        if (first.isEmpty()) {
            long count = Math.min(last.getAsLong(), totalSize);
            if (count == 0) {
                throw unsatisfiable(totalSize);
            }
            return new Slice(totalSize - count, count);
        }
        long begin = first.getAsLong();
        if (begin >= totalSize) {
            throw unsatisfiable(totalSize);
        }
        long end = Math.min(last.orElse(Long.MAX_VALUE), totalSize - 1);
        return new Slice(begin, end - begin + 1);
    }

    private RegistryException unsatisfiable(long totalSize) {
        return RegistryException.of(
                ErrorCode.RANGE_INVALID,
                "The range " + this + " has no byte of this content, which is " + totalSize + " bytes long");
    }

    /** Returns the range as in an HTTP header, without the unit: {@code 0-99}, {@code 100-}, {@code -5}. */
    @Override
    public String toString() {
        return (first.isPresent() ? first.getAsLong() : isAll() ? "0" : "")
                + "-"
                + (last.isPresent() ? last.getAsLong() : "");
    }

    /**
     * A part of content whose size is known.
     *
     * @param offset the position of the first byte
     * @param length the number of bytes
     * @since 0.1
     */
    public record Slice(long offset, long length) {}
}
