package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistingTarTest {

    private static byte[] pass(byte[] tar) throws IOException {
        return Tars.bytes(Layer.ofTar(BlobSource.of(tar)));
    }

    private static void assertRefused(byte[] tar, String inMessage) {
        assertThatThrownBy(() -> pass(tar))
                .isInstanceOf(UnpackableException.class)
                .hasMessageContaining(inMessage);
    }

    @Test
    void aTarPassesByteForByte() throws IOException {
        String large = "x".repeat(300_000);
        byte[] tar = Tars.make(out -> {
            Tars.add(out, "./", TarConstants.LF_DIR, "", "");
            Tars.add(out, "./bin/", TarConstants.LF_DIR, "", "");
            Tars.add(out, "./bin/busybox", TarConstants.LF_NORMAL, "", large);
            Tars.add(out, "./bin/sh", TarConstants.LF_LINK, "./bin/busybox", "");
            Tars.add(out, "./lib", TarConstants.LF_SYMLINK, "usr/lib", "");
            Tars.add(out, "./etc/" + "long".repeat(50), TarConstants.LF_NORMAL, "", "y");
            Tars.add(out, "./etc/abs", TarConstants.LF_SYMLINK, "/usr/bin", "");
            Tars.add(out, "./dev/null", TarConstants.LF_CHR, "", "");
            Tars.add(out, "./etc/.wh.gone", TarConstants.LF_NORMAL, "", "");
        });

        assertThat(pass(tar)).isEqualTo(tar);
    }

    @Test
    void theEndMayBePaddedOrMissing() throws IOException {
        byte[] tar = Tars.make(out -> Tars.add(out, "a", TarConstants.LF_NORMAL, "", "x"));
        byte[] padded = Arrays.copyOf(tar, tar.length + 1_000_000);
        byte[] cut = Arrays.copyOf(tar, 1024);

        assertThat(pass(padded)).isEqualTo(padded);
        assertThat(pass(cut)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "../a | | 0 | leads out of the image",
                "a/../../b | | 0 | leads out of the image",
                "a/.. | | 5 | leads out of the image",
                "/etc/passwd | | 0 | '/etc/passwd' is absolute",
                "a | ../b | 2 | leads out of the image, to '../b'",
                "a/b/c | ../../../x | 2 | leads out of the image",
                "a | /etc/passwd | 1 | '/etc/passwd' is absolute",
                "a | ../x | 1 | leads out of the image",
            })
    void aNameOrLinkOutOfTheImageIsRefused(String name, String link, char type, String message) throws IOException {
        byte[] tar = Tars.make(out -> Tars.add(out, name, (byte) type, link == null ? "" : link, ""));

        assertRefused(tar, message);
    }

    @Test
    void anEntryThatComesTwiceIsRefused() throws IOException {
        assertRefused(
                Tars.make(out -> {
                    Tars.add(out, "./a/b", TarConstants.LF_NORMAL, "", "1");
                    Tars.add(out, "a//b", TarConstants.LF_NORMAL, "", "2");
                }),
                "'a/b' twice");
    }

    @Test
    void anEntryBelowALinkIsRefused() throws IOException {
        assertRefused(
                Tars.make(out -> {
                    Tars.add(out, "a", TarConstants.LF_SYMLINK, "/etc", "");
                    Tars.add(out, "a/passwd", TarConstants.LF_NORMAL, "", "root::0:0");
                }),
                "'a/passwd' is below a symbolic link");
    }

    @Test
    void whatIsNoTarIsRefused() throws IOException {
        byte[] tar = Tars.make(out -> Tars.add(out, "a", TarConstants.LF_NORMAL, "", "x"));
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(compressed)) {
            byte[] noise = new byte[4096];
            new Random(1).nextBytes(noise);
            gzip.write(noise);
        }

        assertRefused(compressed.toByteArray(), "tar");
        assertRefused("This is text. ".repeat(100).getBytes(StandardCharsets.UTF_8), "tar");
        assertRefused(new byte[0], "empty");
        assertRefused(Arrays.copyOf(tar, 700), "malformed");
    }

    @Test
    void contentBehindTheEndIsRefused() throws IOException {
        byte[] tar = Tars.make(out -> Tars.add(out, "a", TarConstants.LF_NORMAL, "", "x"));
        byte[] two = Arrays.copyOf(tar, tar.length * 2);
        System.arraycopy(tar, 0, two, tar.length, tar.length);

        assertRefused(two, "behind its end");
    }

    @Test
    void damageInTheMiddleIsRefused() throws IOException {
        byte[] tar = Tars.make(out -> {
            Tars.add(out, "a", TarConstants.LF_NORMAL, "", "x");
            Tars.add(out, "b", TarConstants.LF_NORMAL, "", "y");
        });
        tar[1024] = 'c';

        assertRefused(tar, "checksum");
    }

    @Test
    void aFailureOfTheSourceIsNotBlamedOnTheTar() throws IOException {
        byte[] tar = Tars.make(out -> Tars.add(out, "a", TarConstants.LF_NORMAL, "", "x".repeat(100_000)));
        InputStream failing = new ByteArrayInputStream(tar, 0, 50_000) {
            @Override
            public int read(byte[] target, int offset, int length) {
                int count = super.read(target, offset, length);
                if (count < 0) {
                    throw new UncheckedIOException(new IOException("The disk is gone"));
                }
                return count;
            }
        };

        assertThatThrownBy(() -> Tars.bytes(Layer.ofTar(BlobSource.once(failing))))
                .hasMessageContaining("The disk is gone");
    }

    @Test
    void hostileBytesEndInOneKindOfFailure() throws IOException {
        byte[] tar = Tars.make(out -> {
            Tars.add(out, "n".repeat(150), TarConstants.LF_NORMAL, "", "x".repeat(600));
            Tars.add(out, "b", TarConstants.LF_SYMLINK, "c", "");
        });
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            byte[] damaged = tar.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(3072)] = (byte) random.nextInt();
            }
            try {
                assertThat(pass(damaged)).isEqualTo(damaged);
            } catch (UnpackableException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }
}
