package dev.berth.registry.server.resources;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.ByteRange;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.fixtures.Allocations;
import dev.berth.registry.internal.wire.RangeHeader;
import dev.berth.registry.internal.wire.UploadRange;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/** Any text is a range of bytes, or is ignored, or refused; and of the ranges of a request no byte is sent twice or left out. */
class RangesFuzzTest {
    private static final long[] SIZES = {0, 1, 2, 10, 100, 1L << 40, Long.MAX_VALUE};
    private static final int SMALL = 100;

    @FuzzTest
    void ranges(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.ISO_8859_1);
        Allocations.requireProportional(input.length, () -> {
            download(text);
            download("bytes=" + text);
            partial(text);
            upload(text);
        });
    }

    private static void download(String text) {
        List<ByteRange> ranges;
        try {
            ranges = RangeHeader.parse(text);
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.RANGE_INVALID);
            return;
        }
        assertThat(ranges).hasSizeLessThanOrEqualTo(RangeHeader.MOST_RANGES);
        for (ByteRange range : ranges) {
            assertThat(RangeHeader.parse(RangeHeader.format(range))).containsExactly(range);
        }
        for (long size : SIZES) {
            slices(ranges, size);
        }
    }

    private static void slices(List<ByteRange> ranges, long size) {
        List<ByteRange.Slice> slices = RangeSet.slices(ranges, size);
        assertThat(slices).hasSizeLessThanOrEqualTo(ranges.size());
        long sum = 0;
        for (ByteRange.Slice slice : slices) {
            assertThat(slice.offset()).isNotNegative();
            assertThat(slice.length()).isPositive().isLessThanOrEqualTo(size - slice.offset());
            sum += slice.length();
            assertThat(RangeHeader.parseContentRange(RangeHeader.formatContentRange(slice, size)))
                    .contains(new RangeHeader.Part(slice, OptionalLong.of(size)));
        }
        assertThat(sum).isBetween(0L, size);
        if (size <= SMALL) {
            BitSet sent = new BitSet();
            slices.forEach(slice -> sent.set((int) slice.offset(), (int) (slice.offset() + slice.length())));
            assertThat(sent.cardinality()).isEqualTo((int) sum);
            assertThat(sent).isEqualTo(wanted(ranges, (int) size));
        }
    }

    private static BitSet wanted(List<ByteRange> ranges, int size) {
        BitSet wanted = new BitSet();
        for (ByteRange range : ranges) {
            try {
                ByteRange.Slice slice = range.slice(size);
                wanted.set((int) slice.offset(), (int) (slice.offset() + slice.length()));
            } catch (RegistryException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.RANGE_INVALID);
            }
        }
        return wanted;
    }

    private static void partial(String text) {
        RangeHeader.parseContentRange(text).ifPresent(part -> {
            assertThat(part.slice().offset()).isNotNegative();
            assertThat(part.slice().length()).isPositive();
            if (part.totalSize().isPresent()) {
                assertThat(part.slice().length())
                        .isLessThanOrEqualTo(
                                part.totalSize().getAsLong() - part.slice().offset());
            }
        });
    }

    private static void upload(String text) {
        UploadRange.parseReceived(text).ifPresent(received -> {
            assertThat(received).isNotNegative();
            assertThat(UploadRange.parseReceived(UploadRange.formatReceived(received)))
                    .hasValue(received);
        });
        try {
            UploadRange range = UploadRange.parse(text);
            assertThat(range.first()).isNotNegative();
            assertThat(range.length()).isPositive();
            assertThat(UploadRange.parse(range.toString())).isEqualTo(range);
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.BLOB_UPLOAD_INVALID);
        }
    }
}
