package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BlobContentTest {
    private static final byte[] BYTES = {1, 2, 3, 4, 5};

    private static final Descriptor BLOB =
            Descriptor.of(MediaTypes.OCTET_STREAM, Digest.sha256(BYTES), BYTES.length);

    private static BlobContent content() {
        return BlobContent.of(BLOB, new ByteRange.Slice(0, BYTES.length), new ByteArrayInputStream(BYTES));
    }

    @Test
    void ofAStreamIsThePartThatTheStreamHas() throws IOException {
        InputStream stream = new ByteArrayInputStream(BYTES, 1, 3);
        try (BlobContent part = BlobContent.of(BLOB, new ByteRange.Slice(1, 3), stream)) {
            assertThat(part.descriptor()).isEqualTo(BLOB);
            assertThat(part.offset()).isEqualTo(1);
            assertThat(part.length()).isEqualTo(3);
            assertThat(part.stream()).isSameAs(stream);
            assertThat(part.readAllBytes(3)).containsExactly(2, 3, 4);
        }
    }

    @Test
    void ofAStreamClosesTheStreamAndIgnoresThatClosingFails() {
        AtomicInteger closed = new AtomicInteger();
        BlobContent content =
                BlobContent.of(BLOB, new ByteRange.Slice(0, BYTES.length), new ByteArrayInputStream(BYTES) {
                    @Override
                    public void close() throws IOException {
                        closed.incrementAndGet();
                        throw new IOException("The disk is gone");
                    }
                });

        content.close();

        assertThat(closed).hasValue(1);
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
