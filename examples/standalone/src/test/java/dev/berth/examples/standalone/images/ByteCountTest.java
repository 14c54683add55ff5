package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteCountTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 bytes",
        "1, 1 byte",
        "999, 999 bytes",
        "1000, 1.0 kB",
        "98564016, 98.6 MB",
        "999960, 1.0 MB",
        "1000000000, 1.0 GB",
        "9223372036854775807, 9223372.0 TB"
    })
    void countsUseTheLargestFittingUnit(long count, String printed) {
        assertThat(ByteCount.format(count)).isEqualTo(printed);
    }
}
