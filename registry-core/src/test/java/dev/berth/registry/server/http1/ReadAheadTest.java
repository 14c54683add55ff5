package dev.berth.registry.server.http1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadAheadTest {
    private final Counting socket = new Counting(10_000);
    private final ReadAhead input = new ReadAhead(socket);

    @Test
    void aShortReadTakesWhatHasArrived() throws IOException {
        assertThat(input.readNBytes(5)).hasSize(5);
        assertThat(input.readNBytes(200)).hasSize(200);

        assertThat(socket.lengths).hasSize(1);
    }

    @Test
    void aLongReadIsOneOfTheSocket() throws IOException {
        assertThat(input.read(new byte[8_000], 0, 8_000)).isEqualTo(8_000);

        assertThat(socket.lengths).containsExactly(8_000);
    }

    @Test
    void aLongReadBeginsWithWhatWasReadAhead() throws IOException {
        byte[] target = new byte[9_999];
        assertThat(input.read()).isZero();
        int first = input.read(target, 0, target.length);
        assertThat(input.readNBytes(target, first, target.length - first)).isEqualTo(target.length - first);

        for (int i = 0; i < target.length; i++) {
            assertThat(target[i]).isEqualTo((byte) (i + 1));
        }
        assertThat(input.read()).isNegative();
    }

    @Test
    void whatWasReadAheadIsAvailable() throws IOException {
        assertThat(input.readNBytes(5)).hasSize(5);

        assertThat(input.available()).isEqualTo(9_995);
    }

    /** Counts up from zero. */
    private static final class Counting extends InputStream {
        final List<Integer> lengths = new ArrayList<>();
        private final ByteArrayInputStream bytes;

        Counting(int length) {
            byte[] content = new byte[length];
            for (int i = 0; i < length; i++) {
                content[i] = (byte) i;
            }
            bytes = new ByteArrayInputStream(content);
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            lengths.add(length);
            return bytes.read(target, offset, length);
        }

        @Override
        public int available() {
            return bytes.available();
        }
    }
}
