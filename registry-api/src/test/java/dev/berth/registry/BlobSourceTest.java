package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobSourceTest {
    private static final byte[] BYTES = {1, 2, 3};

    @TempDir
    private Path directory;

    private static byte[] read(BlobSource source) throws IOException {
        try (InputStream content = source.open()) {
            return content.readAllBytes();
        }
    }

    @Test
    void bytesAreReadAsOftenAsNeeded() throws IOException {
        BlobSource source = BlobSource.of(BYTES);
        assertThat(source.reopenable()).isTrue();
        assertThat(source.size()).hasValue(3);
        assertThat(read(source)).isEqualTo(BYTES);
        assertThat(read(source)).isEqualTo(BYTES);
        assertThat(BlobSource.of(new byte[0]).size()).hasValue(0);
        assertThatNullPointerException().isThrownBy(() -> BlobSource.of((byte[]) null));
    }

    @Test
    void aFileIsReadAsOftenAsNeeded() throws IOException {
        Path file = Files.write(directory.resolve("layer.tar"), BYTES);
        BlobSource source = BlobSource.of(file);
        assertThat(source.reopenable()).isTrue();
        assertThat(source.size()).hasValue(3);
        assertThat(read(source)).isEqualTo(BYTES);
        assertThat(read(source)).isEqualTo(BYTES);
        Path missing = directory.resolve("missing");
        assertThatIOException()
                .isThrownBy(() -> BlobSource.of(missing))
                .isInstanceOf(NoSuchFileException.class)
                .withMessageContaining("missing");
    }

    @Test
    void aStreamIsReadOnce() throws IOException {
        InputStream stream = new ByteArrayInputStream(BYTES);
        BlobSource source = BlobSource.once(stream);
        assertThat(source.reopenable()).isFalse();
        assertThat(source.size()).isEmpty();
        assertThat(source.open()).isSameAs(stream);
        assertThatIOException().isThrownBy(source::open).withMessageContaining("once");
        assertThatNullPointerException().isThrownBy(() -> BlobSource.once(null));
    }

    @Test
    void aStreamMayHaveASize() throws IOException {
        BlobSource source = BlobSource.once(new ByteArrayInputStream(BYTES), 3);
        assertThat(source.size()).hasValue(3);
        assertThat(source.reopenable()).isFalse();
        assertThat(read(source)).isEqualTo(BYTES);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BlobSource.once(new ByteArrayInputStream(BYTES), -1))
                .withMessageContaining("-1");
    }
}
