package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.ByteRange.Slice;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ByteRangeTest {

    @Test
    void allIsTheWholeContent() {
        assertThat(ByteRange.all().slice(0)).isEqualTo(new Slice(0, 0));
        assertThat(ByteRange.all().slice(100)).isEqualTo(new Slice(0, 100));
        assertThat(ByteRange.all().isAll()).isTrue();
        assertThat(ByteRange.from(0).isAll()).isFalse();
        assertThat(ByteRange.suffix(100).isAll()).isFalse();
    }

    @Test
    void bothEndsAreInclusive() {
        assertThat(ByteRange.between(0, 0).slice(100)).isEqualTo(new Slice(0, 1));
        assertThat(ByteRange.between(10, 19).slice(100)).isEqualTo(new Slice(10, 10));
        assertThat(ByteRange.between(0, 99).slice(100)).isEqualTo(new Slice(0, 100));
        assertThat(ByteRange.between(99, 99).slice(100)).isEqualTo(new Slice(99, 1));
    }

    @Test
    void whatLiesBeyondTheEndIsCutOff() {
        assertThat(ByteRange.between(90, 1000).slice(100)).isEqualTo(new Slice(90, 10));
        assertThat(ByteRange.between(0, Long.MAX_VALUE).slice(100)).isEqualTo(new Slice(0, 100));
        assertThat(ByteRange.from(40).slice(100)).isEqualTo(new Slice(40, 60));
        assertThat(ByteRange.from(0).slice(Long.MAX_VALUE)).isEqualTo(new Slice(0, Long.MAX_VALUE));
        assertThat(ByteRange.suffix(1000).slice(100)).isEqualTo(new Slice(0, 100));
        assertThat(ByteRange.suffix(Long.MAX_VALUE).slice(1)).isEqualTo(new Slice(0, 1));
    }

    @Test
    void aSuffixIsTheEnd() {
        assertThat(ByteRange.suffix(5).slice(100)).isEqualTo(new Slice(95, 5));
        assertThat(ByteRange.suffix(100).slice(100)).isEqualTo(new Slice(0, 100));
    }

    @Test
    void aRangeWithoutAByteOfTheContentIsInvalid() {
        assertInvalid(ByteRange.from(100), 100);
        assertInvalid(ByteRange.from(Long.MAX_VALUE), 100);
        assertInvalid(ByteRange.between(100, 200), 100);
        assertInvalid(ByteRange.from(0), 0);
        assertInvalid(ByteRange.between(0, 0), 0);
        assertInvalid(ByteRange.suffix(0), 100);
        assertInvalid(ByteRange.suffix(1), 0);
    }

    private static void assertInvalid(ByteRange range, long size) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> range.slice(size))
                .withMessageContaining(range.toString())
                .withMessageContaining(Long.toString(size))
                .returns(ErrorCode.RANGE_INVALID, RegistryException::code);
    }

    @Test
    void refusesNegativeAndReversedPositions() {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteRange.from(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> ByteRange.suffix(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> ByteRange.between(-1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ByteRange.between(2, 1))
                .withMessageContaining("2")
                .withMessageContaining("1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ByteRange(OptionalLong.of(0), OptionalLong.of(Long.MIN_VALUE)));
    }

    @Test
    void printsAsInAHeader() {
        assertThat(ByteRange.between(0, 99)).hasToString("0-99");
        assertThat(ByteRange.from(100)).hasToString("100-");
        assertThat(ByteRange.suffix(5)).hasToString("-5");
        assertThat(ByteRange.all()).hasToString("0-");
    }
}
