package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.fixtures.Programs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExistingTarTest {

    @TempDir
    Path dir;

    private static byte[] pass(byte[] tar) throws IOException {
        return Tars.bytes(Layer.ofTar(BlobSource.of(tar)));
    }

    /**
     * Makes a tar of entries in a short form: {@code a=file}, {@code a=dir}, {@code a=null} for a device, {@code a->b}
     * for a symbolic link, {@code a=>b} for a hard one.
     */
    private static byte[] tarOf(String entries) throws IOException {
        return Tars.make(out -> {
            for (String entry : entries.split(" ")) {
                int sign = entry.indexOf(entry.contains("->") ? '-' : '=');
                String name = entry.substring(0, sign);
                String what = entry.substring(sign);
                if (what.startsWith("->")) {
                    Tars.add(out, name, TarConstants.LF_SYMLINK, what.substring(2), "");
                } else if (what.startsWith("=>")) {
                    Tars.add(out, name, TarConstants.LF_LINK, what.substring(2), "");
                } else {
                    byte type = switch (what) {
                        case "=file" -> TarConstants.LF_NORMAL;
                        case "=dir" -> TarConstants.LF_DIR;
                        case "=null" -> TarConstants.LF_CHR;
                        default -> throw new IllegalArgumentException(entry);
                    };
                    Tars.add(out, name, type, "", "");
                }
            }
        });
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
    void theEndMayBePaddedAsMuchAsOneLikes() throws IOException {
        byte[] tar = Tars.make(out -> Tars.add(out, "a", TarConstants.LF_NORMAL, "", "x"));
        byte[] padded = Arrays.copyOf(tar, tar.length + 1_000_000);
        byte[] single = Arrays.copyOf(tar, 1536);

        assertThat(pass(padded)).isEqualTo(padded);
        assertThat(pass(single)).isEqualTo(single);
    }

    @Test
    void aTarThatIsCutOffIsRefusedWhereverThatIs() throws IOException {
        byte[] tar = Tars.make(out -> {
            Tars.add(out, "long".repeat(40), TarConstants.LF_NORMAL, "", "x");
            Tars.add(out, "zeros", TarConstants.LF_NORMAL, "", "\0".repeat(1000));
        });
        int end = tar.length - 1024;
        assertThat(Arrays.copyOfRange(tar, end, tar.length)).containsOnly(0);

        for (int length = 0; length < end + 512; length += 64) {
            byte[] cut = Arrays.copyOf(tar, length);
            assertThatThrownBy(() -> pass(cut))
                    .as("cut off after %d of %d bytes", length, tar.length)
                    .isInstanceOf(UnpackableException.class);
        }
        assertRefused(Arrays.copyOf(tar, end), "malformed after its entry number 2: it is cut off");
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
    void anEntryThatComesTwiceIsRefused() {
        Cases.of(
                        "./a/b=file a//b=file",
                        "a/=dir ./a=dir",
                        "a=file a/=dir",
                        "a=file a->b",
                        "a->b a=file",
                        "b=file a=file a=>b",
                        "./=dir .=dir",
                        "a/b=file a=file",
                        "a/b=file a->etc")
                .check(entries -> {
                    assertRefused(tarOf(entries), "' twice");
                });
    }

    @Test
    void aDirectoryMayComeAfterWhatIsInIt() throws IOException {
        byte[] tar = tarOf("a/b/c=file a/=dir ./=dir a/b=dir");

        assertThat(pass(tar)).isEqualTo(tar);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a->/etc a/passwd=file | 'a/passwd' is below a symbolic link",
                "a->/etc a/b/c/=dir | 'a/b/c' is below a symbolic link",
                "l->/etc a=>l a/passwd=file | 'a/passwd' is below a symbolic link",
                "a=file a/b=file | 'a/b' is below 'a', which is not a directory",
                "a=null a/b/c->x | 'a/b/c' is below 'a', which is not a directory",
                ".=file | root of the image that is not a directory",
                ".->etc | root of the image that is not a directory",
            })
    void anEntryBelowWhatIsNoDirectoryIsRefused(String entries, String message) throws IOException {
        assertRefused(tarOf(entries), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a->/etc b=>a/passwd | 'b' is to 'a/passwd', which is below a symbolic link",
                "b=>a | which is not in the tar before it",
                "b=>a a=file | which is not in the tar before it",
                "b=>b | which is not in the tar before it",
                "a/=dir b=>a | which is a directory",
                "a/x=file b=>a | which is a directory",
            })
    void aHardLinkToWhatCannotBeLinkedIsRefused(String entries, String message) throws IOException {
        assertRefused(tarOf(entries), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // The first link leads to the root, so the second one leads above it.
                "p/q/s->../.. t->p/q/s/../x | 't' leads out of the image, to 'p/q/s/../x'",
                "t->p/q/s/../x p/q/s->../.. | 't' leads out of the image",
                "a->/ t->a/../x | 't' leads out of the image",
                "u->v/../.. v->x/y x/y->/z z=dir | 'u' leads out of the image",
                "d/e/l->../../x m=>d/e/l | 'm' leads out of the image, to '../../x'",
                "t->/../x | leads out of the image",
            })
    void aLinkOutOfTheImageThroughOthersIsRefused(String entries, String message) throws IOException {
        assertRefused(tarOf(entries), message);
    }

    @Test
    void linksWithinTheImageAreFineEvenInCircles() {
        Cases.of(
                        "bin->usr/bin usr/bin/X11->. usr/bin/sh->../../bin/dash etc/mtab->../proc/self/mounts",
                        "lib->usr/lib usr/lib/ssl/certs->/etc/ssl/certs dev/fd->/proc/self/fd",
                        "a->b b->a c->c/c/c d->a/x/../../y",
                        "a->b/c/d t->a/../y b/c/d/=dir",
                        "deep->x/../x/../x/../x u->deep/../deep",
                        "l->/etc m=>l")
                .check(entries -> {
                    byte[] tar = tarOf(entries);

                    assertThat(pass(tar)).isEqualTo(tar);
                });
    }

    @Test
    void aWhiteoutOfWhatIsNotInItsDirectoryIsRefused() {
        Cases.of("d/.wh.", "d/.wh..", "d/.wh...").check(name -> {
            assertRefused(tarOf(name + "=file"), "'" + name + "' would remove something");
        });
    }

    @Test
    void whatEnginesDoNotUnpackIsRefused() throws IOException {
        byte[] sparse = Tars.make(out -> Tars.add(out, "hole", TarConstants.LF_GNUTYPE_SPARSE, "", ""));
        byte[] label = Tars.make(out -> Tars.add(out, "backup", (byte) 'V', "", ""));
        byte[] directory = Tars.make(out -> Tars.add(out, "d", TarConstants.LF_FIFO, "", "content"));

        assertRefused(sparse, "'hole' is a sparse file in GNU's old format");
        assertRefused(label, "'backup' is of the type 'V'");
        assertRefused(directory, "'d' has content, although it is no file");
    }

    @Test
    void aCompressedTarIsToldFromOtherThings() {
        Cases.of("gzip", "zstd", "bzip2", "xz").check(program -> {
            Programs.require(program);
            Path tar = Files.write(dir.resolve("tar"), tarOf("a=file"));
            Path compressed = dir.resolve("compressed");
            Process process = new ProcessBuilder(program, "-c", tar.toString())
                    .redirectOutput(compressed.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(process.waitFor()).isZero();

            assertRefused(
                    Files.readAllBytes(compressed), "This is not a tar but compressed; uncompress it first, with ");
        });
    }

    @Test
    void whatIsNoTarIsRefused() throws IOException {
        byte[] tar = tarOf("a=file");

        assertRefused("This is text. ".repeat(100).getBytes(StandardCharsets.UTF_8), "This is not a tar: ");
        assertRefused("short".getBytes(StandardCharsets.UTF_8), "This is not a tar: ");
        assertRefused(new byte[0], "empty");
        assertRefused(Arrays.copyOf(tar, 300), "This is not a tar: it is cut off");
        assertRefused(Arrays.copyOf(tar, 700), "malformed after its entry number 1");
    }

    /** What programs that pack sparse and long and linked files really write. */
    @Test
    void whatTarWritesPassesByteForByte() {
        Cases.of("posix", "gnu", "ustar", "v7").check(format -> {
            Programs.require("tar");
            Path root = Files.createDirectory(dir.resolve("root-" + format));
            Path deep = Files.createDirectories(root.resolve("usr/share/doc/" + "d".repeat(40)));
            String name = format.equals("v7") || format.equals("ustar") ? "n".repeat(30) : "n".repeat(90);
            Path file = Files.writeString(deep.resolve(name), "content");
            Files.createLink(root.resolve("hard"), file);
            Files.createSymbolicLink(root.resolve("bin"), Path.of("usr/share/doc"));
            Files.createSymbolicLink(deep.resolve("up"), Path.of("../../../.."));
            try (RandomAccessFile sparse =
                    new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
                sparse.setLength(5_000_000);
                sparse.seek(2_000_000);
                sparse.write('x');
            }
            Path tar = dir.resolve("tar-" + format);
            List<String> command = new ArrayList<>(
                    List.of("tar", "--create", "--file=" + tar, "--directory=" + root, "--format=" + format));
            if (format.equals("posix")) {
                command.add("--sparse");
                command.add("--pax-option=globexthdr.name=global,comment=of-all");
            }
            command.add(".");
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();

            byte[] bytes = Files.readAllBytes(tar);

            assertThat(pass(bytes)).isEqualTo(bytes);
        });
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
