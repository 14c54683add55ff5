package dev.berth.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The parts that a big object is copied in: as S3 takes them, up to the largest object there can be. */
class CopyPartsTest {
    private static final long MIB = 1024 * 1024;
    private static final long GIB = 1024 * MIB;
    private static final long TIB = 1024 * GIB;

    /** Where the segments of an upload begin that came in one request. */
    private static List<Long> segments(long size) {
        List<Long> begins = new ArrayList<>();
        for (long begin = 0; begin < size; begin += 5 * GIB) {
            begins.add(begin);
        }
        return begins;
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 8, 64, 512})
    void areNoMoreThanTenThousandAndNoneIsTooLarge(int partMib) {
        for (long size : new long[] {
            5 * GIB + 1, 10_000 * partMib * MIB, 10_000 * partMib * MIB + 1, 100 * GIB, TIB, 5 * TIB - 1, 5 * TIB
        }) {
            long each = CopyParts.size((int) (partMib * MIB), size, segments(size));
            assertThat((size + each - 1) / each).as("parts of %s", size).isLessThanOrEqualTo(10_000);
            assertThat(each).as("part of %s", size).isBetween(partMib * MIB, 5 * GIB);
        }
    }

    @ParameterizedTest
    @CsvSource({"8, 1024", "5, 640"})
    void areAsLargeAsTheSegmentsAllow(int partMib, int expectedMib) {
        assertThat(CopyParts.size((int) (partMib * MIB), 20 * GIB, segments(20 * GIB)))
                .isEqualTo(expectedMib * MIB);
    }
}
