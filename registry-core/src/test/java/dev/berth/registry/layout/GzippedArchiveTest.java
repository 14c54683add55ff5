package dev.berth.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.SampleImages;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are compressed with gzip are read, from a temporary file that is gone afterwards. */
class GzippedArchiveTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1.0");

    @TempDir
    Path directory;

    private Path temporary;
    private Path packed;
    private Manifest image;

    @BeforeEach
    void packAnArchive() throws IOException {
        temporary = Files.createDirectory(directory.resolve("tmp"));
        Path plain = directory.resolve("app.tar");
        try (OciLayoutRegistry made = OciLayoutRegistry.createArchive(plain, Reference.parse("team/app:1.0"))) {
            image = new SampleImages(27).image(made.repository(NAME), List.of(10, 70_000), ONE);
        }
        packed = directory.resolve("app.tar.gz");
        gzip(Files.readAllBytes(plain), 1);
    }

    private void gzip(byte[] content, int times) throws IOException {
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            for (int i = 0; i < times; i++) {
                gzip.write(content);
            }
        }
    }

    private ArchiveOptions.Builder options() {
        return ArchiveOptions.builder().temporaryDirectory(temporary);
    }

    private void expectRefused(ArchiveOptions.Builder options, String reason) {
        assertThatThrownBy(() -> OciLayoutRegistry.open(packed, NAME, options.build()))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID))
                .hasMessageContaining(packed.toString())
                .hasMessageContaining(reason);
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void itIsReadAsIfItWerePlain() {
        try (OciLayoutRegistry read =
                OciLayoutRegistry.openArchive(packed, options().build())) {
            assertThat(read.repository(NAME).manifests().get(ONE)).isEqualTo(image);
            SampleImages.requireComplete(read.repository(NAME), image.descriptor());
            assertThat(read).hasToString("the archive " + packed);
            assertThat(temporary).isNotEmptyDirectory();
        }
        assertThat(temporary).isEmptyDirectory();
        try (OciLayoutRegistry read =
                OciLayoutRegistry.open(packed, NAME, options().build())) {
            SampleImages.requireComplete(read.repository(NAME), image.descriptor());
        }
        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void oneThatIsTooLargeIsRefused() {
        expectRefused(options().maxUnpackedBytes(10_000), "larger than 10000 bytes");
    }

    @Test
    void oneThatIsSuspiciouslySmallIsRefused() throws IOException {
        byte[] block = new byte[1024 * 1024];
        // A file of 8 GiB, as the header says.
        System.arraycopy(SampleImages.header("zeros", 8L << 30, '0', ""), 0, block, 0, 512);
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(packed))) {
            gzip.write(block);
            Arrays.fill(block, 0, 512, (byte) 0);
            for (int i = 0; i < 1100; i++) {
                gzip.write(block);
            }
        }

        expectRefused(options(), "suspicious");
    }

    @Test
    void whatIsDamagedOrNoTarIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(packed);
        Files.write(packed, Arrays.copyOf(whole, whole.length / 2));
        expectRefused(options(), "cut off");
        whole[whole.length / 2] ^= 0x55;
        whole[whole.length / 2 + 1] ^= 0x55;
        Files.write(packed, whole);
        expectRefused(options(), "damaged");
        gzip(
                "not a tar, but long enough to be taken for a header "
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                100);
        expectRefused(options(), "not a tar archive");
    }
}
