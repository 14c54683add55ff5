package dev.berth.registry.layout;

import static dev.berth.registry.fixtures.SampleImages.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.contract.Cases;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarIndexTest {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    @TempDir
    private Path temporary;

    private void add(String name, char type, String content) {
        byte[] bytes = content.getBytes(UTF_8);
        tar.writeBytes(header(name, bytes.length, type, ""));
        tar.writeBytes(bytes);
        tar.writeBytes(new byte[(512 - bytes.length % 512) % 512]);
    }

    private void addLink(String name, char type, String target) {
        tar.writeBytes(header(name, 0, type, target));
    }

    private static String pax(String name, String value) {
        int length = name.length() + value.getBytes(UTF_8).length + 3;
        while (Integer.toString(length).length() + name.length() + value.getBytes(UTF_8).length + 3 != length) {
            length++;
        }
        return length + " " + name + "=" + value + "\n";
    }

    private TarIndex index() throws IOException {
        Path file = temporary.resolve("archive.tar");
        Files.write(file, tar.toByteArray());
        return TarIndex.read(file);
    }

    private Optional<String> content(String name) throws IOException {
        Optional<LayoutFile> file = index().find(name);
        return file.isEmpty()
                ? Optional.empty()
                : Optional.of(new String(file.get().read(name, 1_000_000), UTF_8));
    }

    private void assertRefused(String why) {
        assertThatThrownBy(this::index)
                .isInstanceOf(MalformedLayoutException.class)
                .hasMessageContaining(why);
    }

    @Test
    void filesAreFoundByTheirPlainNames() throws IOException {
        add("./a", '0', "first");
        add("b/", '5', "");
        add("b//c", '\0', "second");
        tar.writeBytes(new byte[1024]);

        assertThat(content("a")).contains("first");
        assertThat(content("b/c")).contains("second");
        assertThat(content("b")).isEmpty();
        assertThat(content("c")).isEmpty();
    }

    @Test
    void aPartOfAFileIsReadInPlace() throws IOException {
        add("a", '0', "x".repeat(600));
        add("b", '0', "0123456789");

        try (InputStream part = index().find("b").orElseThrow().open(3, 4)) {
            assertThat(part.readAllBytes()).isEqualTo("3456".getBytes(UTF_8));
        }
    }

    @Test
    void longNamesOfGnuAndPaxAreRead() throws IOException {
        String gnu = "gnu/" + "g".repeat(200);
        String pax = "pax/" + "ü".repeat(200);
        add("././@LongLink", 'L', gnu + "\0");
        add("cut", '0', "of gnu");
        add("header", 'x', pax("mtime", "1.5") + pax("path", pax));
        add("cut", '0', "of pax");
        add("global", 'g', pax("comment", "x"));
        add("short", '0', "plain");

        assertThat(content(gnu)).contains("of gnu");
        assertThat(content(pax)).contains("of pax");
        assertThat(content("short")).contains("plain");
        assertThat(content("cut")).isEmpty();
    }

    @Test
    void sizesOfPaxAndOfGnusBinaryFormAreRead() throws IOException {
        add("header", 'x', pax("size", "5"));
        tar.writeBytes(header("a", 0, '0', ""));
        tar.writeBytes(Arrays.copyOf("12345".getBytes(UTF_8), 512));
        byte[] binary = header("b", 0, '0', "");
        Arrays.fill(binary, 124, 136, (byte) 0);
        binary[124] = (byte) 0x80;
        binary[135] = 3;
        tar.writeBytes(withChecksum(binary));
        tar.writeBytes(Arrays.copyOf("abc".getBytes(UTF_8), 512));

        assertThat(content("a")).contains("12345");
        assertThat(content("b")).contains("abc");
    }

    private static byte[] withChecksum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        byte[] digits = String.format("%06o\0 ", sum).getBytes(UTF_8);
        System.arraycopy(digits, 0, header, 148, 8);
        return header;
    }

    @Test
    void linksAreFollowedInsideTheArchive() throws IOException {
        add("x/layer.tar", '0', "layer");
        addLink("y/layer.tar", '2', "../x/layer.tar");
        addLink("z/layer.tar", '2', "../y/layer.tar");
        addLink("hard", '1', "x/layer.tar");

        assertThat(content("y/layer.tar")).contains("layer");
        assertThat(content("z/layer.tar")).contains("layer");
        assertThat(content("hard")).contains("layer");
    }

    @Test
    void linksThatLeadOutOrInACircleAreRefusedWhenTheyAreFollowed() throws IOException {
        addLink("a/out", '2', "../../etc/passwd");
        addLink("absolute", '2', "/etc/passwd");
        addLink("inner", '2', "b/../../x");
        addLink("circle", '2', "circle");
        add("fine", '0', "fine");

        assertThat(content("fine")).contains("fine");
        for (String name : new String[] {"a/out", "absolute", "inner"}) {
            assertThatThrownBy(() -> content(name))
                    .isInstanceOf(MalformedLayoutException.class)
                    .hasMessageContaining("leads out of the archive");
        }
        assertThatThrownBy(() -> content("circle")).hasMessageContaining("in a circle");
    }

    @Test
    void aNameThatLeadsOutIsRefused() {
        Cases.of("../x", "a/../../x", "/etc/passwd", "a/..", "..").check(name -> {
            tar.reset();
            add(name, '0', "x");

            assertRefused("'" + name + "', which leads out of the archive");
        });
    }

    @Test
    void aFileThatIsThereTwiceIsRefused() {
        add("index.json", '0', "one");
        add("./index.json", '0', "two");

        assertRefused("the file 'index.json' twice");
    }

    @Test
    void aLinkInPlaceOfAFileIsRefused() {
        add("index.json", '0', "one");
        addLink("index.json", '2', "other");

        assertRefused("the file 'index.json' twice");
    }

    @Test
    void whatIsNoTarIsRefused() {
        tar.writeBytes("This is not a tar archive".repeat(100).getBytes(UTF_8));

        assertRefused("not a tar archive");
    }

    @Test
    void aShortFileIsRefused() {
        tar.writeBytes("x".getBytes(UTF_8));

        assertRefused("only 1 bytes long");
    }

    @Test
    void anArchiveThatIsCutIsRefused() {
        add("a", '0', "x".repeat(2000));
        byte[] whole = tar.toByteArray();
        tar.reset();
        tar.write(whole, 0, 1500);

        assertRefused("is 2000 bytes long, and only 988 are there");
    }

    @Test
    void anArchiveThatIsCutInAHeaderIsRefused() {
        add("a", '0', "x");
        tar.writeBytes(Arrays.copyOf(header("b", 0, '0', ""), 100));

        assertRefused("cut off in a tar header at byte 1024");
    }

    @Test
    void aDamagedHeaderIsRefused() {
        add("a", '0', "x");
        byte[] header = header("b", 0, '0', "");
        header[0] = 'c';
        tar.writeBytes(header);

        assertRefused("no valid tar header at byte 1024");
    }

    @Test
    void aHugeExtendedHeaderIsRefused() {
        add("a", 'x', "x".repeat(70_000));

        assertRefused("at most 65536 are read");
    }

    @Test
    void aMalformedPaxHeaderIsRefused() {
        Cases.of("x", "5 a=b\n", "999 path=x\n", "-1 a=b\n", "6 a=bc", "7 =abc\n")
                .check(content -> {
                    add("header", 'x', content);

                    assertRefused("a pax header in it is malformed");
                });
    }

    @Test
    void aNegativeSizeIsRefused() {
        add("header", 'x', pax("size", "-1"));
        add("a", '0', "x");

        assertRefused("a size that is none");
    }

    @Test
    void aSparseFileIsRefused() {
        add("header", 'x', pax("GNU.sparse.major", "1"));
        add("a", '0', "x");

        assertRefused("without --sparse");
    }

    @Test
    void archivesOfTheTarProgramAreRead() {
        Cases.of("gnu", "pax", "ustar", "oldgnu").check(format -> {
            Path folder = Files.createDirectories(temporary.resolve("in/" + "d".repeat(90) + "/sub"));
            Files.writeString(folder.resolve("file"), "content");
            Process process = new ProcessBuilder(
                            "tar",
                            "--format=" + format,
                            "-cf",
                            "archive.tar",
                            "-C",
                            temporary.resolve("in").toString(),
                            ".")
                    .directory(temporary.toFile())
                    .inheritIO()
                    .start();
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();

            TarIndex index = TarIndex.read(temporary.resolve("archive.tar"));

            assertThat(index.find("d".repeat(90) + "/sub/file").orElseThrow().read("file", 100))
                    .isEqualTo("content".getBytes(UTF_8));
        });
    }

    @Test
    void whateverIsDamagedIsRefusedOrHarmless() throws IOException {
        add("././@LongLink", 'L', "long/" + "n".repeat(150) + "\0");
        add("cut", '0', "content");
        add("header", 'x', pax("path", "a/b") + pax("size", "3"));
        add("c", '0', "abc");
        addLink("link", '2', "../a/b");
        tar.writeBytes(new byte[1024]);
        byte[] whole = tar.toByteArray();
        Random random = new Random(5);
        int refused = 0;
        for (int i = 0; i < 2000; i++) {
            byte[] damaged = whole.clone();
            int block = random.nextInt(whole.length / 512) * 512;
            for (int bytes = random.nextInt(4); bytes >= 0; bytes--) {
                damaged[block + random.nextInt(512)] = (byte) random.nextInt(256);
            }
            byte[] header = Arrays.copyOfRange(damaged, block, block + 512);
            if (header[257] == 'u') {
                // Else the checksum alone would refuse it.
                System.arraycopy(withChecksum(header), 0, damaged, block, 512);
            }
            tar.reset();
            tar.write(damaged, 0, damaged.length - random.nextInt(2) * random.nextInt(damaged.length));
            try {
                content("a/b");
            } catch (MalformedLayoutException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 1990);
    }
}
