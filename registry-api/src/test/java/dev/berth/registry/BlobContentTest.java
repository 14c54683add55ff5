package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class BlobContentTest {
    private static final byte[] BYTES = {1, 2, 3, 4, 5};

    private static BlobContent content() {
        InputStream stream = new ByteArrayInputStream(BYTES);
        return new BlobContent() {
            @Override
            public Descriptor descriptor() {
                return Descriptor.of(MediaTypes.OCTET_STREAM, Digest.sha256(BYTES), BYTES.length);
            }

            @Override
            public long offset() {
                return 0;
            }

            @Override
            public long length() {
                return BYTES.length;
            }

            @Override
            public InputStream stream() {
                return stream;
            }

            @Override
            public void close() {
                // Nothing is held.
            }
        };
    }

    @Test
    void isReadAsAWholeUpToTheLimit() throws IOException {
        assertThat(content().readAllBytes(5)).isEqualTo(BYTES);
        assertThat(content().readAllBytes(1_000_000)).isEqualTo(BYTES);
    }

    @Test
    void beyondTheLimitItIsRefused() {
        for (int limit : new int[] {0, 4}) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> content().readAllBytes(limit))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SIZE_INVALID))
                    .withMessageContaining(Digest.sha256(BYTES).toString())
                    .withMessageContaining("" + limit);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> content().readAllBytes(-1));
    }

    @Test
    void whatWasReadBeforeIsNotReadAgain() throws IOException {
        BlobContent content = content();
        assertThat(content.stream().read()).isEqualTo(1);
        assertThat(content.readAllBytes(4)).containsExactly(2, 3, 4, 5);
        assertThat(content.readAllBytes(0)).isEmpty();
    }
}
