package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.contract.Cases;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerBadInputTest {
    private static final byte[] NOTHING = {};

    @TempDir
    Path dir;

    private static void assertUnpackable(Layer layer, String... inMessage) {
        assertThatThrownBy(() -> Tars.bytes(layer))
                .isInstanceOf(UnpackableException.class)
                .message()
                .contains(inMessage);
    }

    @Test
    void aPathOutOfTheImageIsRefusedAtOnce() {
        Cases.of("../a", "a/../../b", "/..", "a/..", "a\0b", "a\uD800").check(path -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Layer.builder().bytes(path, NOTHING))
                    .withMessageContaining("The path '");
        });
    }

    @Test
    void theRootIsNoFile() {
        Cases.of("", "/", "./", "//.").check(path -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Layer.builder().bytes(path, NOTHING))
                    .withMessageContaining("root of the image");
        });
    }

    @Test
    void nothingIsInALayerTwice() {
        LayerBuilder builder = Layer.builder().bytes("/a/b", NOTHING);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.symlink("a//b", "c"))
                .withMessageContaining("'/a/b' is in the layer twice");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.bytes("a", NOTHING))
                .withMessageContaining("'/a' is a directory in this layer already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.bytes("a/b/c", NOTHING))
                .withMessageContaining("'/a/b' is not a directory in this layer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.contentOf("a/b", dir))
                .withMessageContaining("'/a/b' is not a directory in this layer");
    }

    @Test
    void aFileThatIsGivenAndOnDiskIsNamedWithBoth() throws IOException {
        Files.writeString(dir.resolve("f"), "x");

        assertUnpackable(
                Layer.builder().bytes("a/f", NOTHING).contentOf("a", dir).build(),
                "'/a/f' is in the layer twice",
                "given content",
                dir.resolve("f").toString());
        assertUnpackable(
                Layer.builder().contentOf("a", dir).contentOf("a", dir).build(), "'/a/f' is in the layer twice");
        assertUnpackable(
                Layer.builder().bytes("a/f/below", NOTHING).contentOf("a", dir).build(),
                "'/a/f' is in the layer twice");
    }

    @Test
    void aLinkOutOfTheImageIsRefusedAtOnce() {
        Cases.of("../../x", "../../../etc/passwd", "/../x", "b/../../../x", "").check(target -> {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Layer.builder().symlink("/a/link", target))
                    .withMessageContaining("'/a/link'");
        });
    }

    @Test
    void aLinkWithinTheImageIsFine() {
        Cases.of("../x", "x", "/x", "/x/../y", "b/../../x", ".").check(target -> {
            assertThat(Tars.entries(Layer.builder().symlink("/a/link", target).build())
                            .get("a/link")
                            .header()
                            .getLinkName())
                    .isEqualTo(target);
        });
    }

    @Test
    void aLinkOnDiskOutOfTheImageIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(dir.resolve("link"), Path.of("../../x"));

        assertUnpackable(
                Layer.builder().contentOf("/a", dir).build(), link.toString(), "leads out of the image", "../../x");
        assertThat(Tars.entries(Layer.builder().contentOf("/a/b", dir).build())).containsOnlyKeys("a/b/link");
    }

    @Test
    void aMarkForRemovalOnDiskIsRefused() throws IOException {
        Files.writeString(dir.resolve(".wh.passwd"), "");

        assertUnpackable(Layer.builder().contentOf("/etc", dir).build(), ".wh.", "removed");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.builder().bytes("/etc/.wh.passwd", NOTHING))
                .withMessageContaining(".wh.");
    }

    @Test
    void whatIsNotThereIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.builder().file("a", dir.resolve("missing")))
                .withMessageContaining("missing' is not a file");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.builder().contentOf("a", dir.resolve("missing")))
                .withMessageContaining("missing' is not a directory");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.builder().file("a", dir))
                .withMessageContaining("is not a file");
    }

    @Test
    void aFileThatVanishedIsNamed() throws IOException {
        Path file = Files.writeString(dir.resolve("f"), "x");
        Layer layer = Layer.builder().file("f", file).build();
        Files.delete(file);

        assertUnpackable(layer, file.toString(), "vanished");
    }

    @Test
    void aDirectoryThatVanishedIsNamed() throws IOException {
        Path below = Files.createDirectory(dir.resolve("below"));
        Layer layer = Layer.builder().contentOf("/", below).build();
        Files.delete(below);

        assertUnpackable(layer, below.toString(), "vanished");
    }

    /** Reads the beginning of the tar, changes the file, and reads the rest. */
    private void assertChangeIsNoticed(Change change, String inMessage) throws IOException {
        Path file = Files.write(dir.resolve("f"), new byte[500_000]);
        Layer layer = Layer.builder().file("f", file).build();
        try (InputStream tar = layer.open()) {
            tar.readNBytes(100_000);
            change.apply(file);

            assertThatThrownBy(tar::readAllBytes)
                    .isInstanceOf(UnpackableException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(inMessage);
        }
    }

    private interface Change {
        void apply(Path file) throws IOException;
    }

    @Test
    void aFileThatShrinksIsNamed() throws IOException {
        assertChangeIsNoticed(file -> Files.write(file, new byte[200_000]), "ended 300000 bytes early");
    }

    @Test
    void aFileThatGrowsIsNamed() throws IOException {
        assertChangeIsNoticed(file -> Files.write(file, new byte[500_001]), "it grew");
    }

    @Test
    void aFileThatIsWrittenToIsNamed() throws IOException {
        assertChangeIsNoticed(
                file -> Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2001-01-01T00:00:00Z"))),
                "changed while it was packed");
    }

    @Test
    void aFileThatIsDeletedWhileItIsReadIsNamed() throws IOException {
        assertChangeIsNoticed(Files::delete, "changed while it was packed");
    }

    @Test
    void contentThatIsNotAsLongAsItSaysIsNamed() {
        InputStream five = new ByteArrayInputStream(new byte[5]);
        InputStream six = new ByteArrayInputStream(new byte[6]);

        assertUnpackable(
                Layer.builder()
                        .content("a", BlobSource.once(five, 6), EntryAttributes.unspecified())
                        .build(),
                "'a'",
                "ended 1 bytes early");
        assertUnpackable(
                Layer.builder()
                        .content("a", BlobSource.once(six, 5), EntryAttributes.unspecified())
                        .build(),
                "'a'",
                "grew");
    }

    @Test
    void contentOfUnknownSizeIsRefusedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Layer.builder()
                        .content("a", BlobSource.once(InputStream.nullInputStream()), EntryAttributes.unspecified()))
                .withMessageContaining("must know its size");
    }

    @Test
    void whatIsNoFileIsNamed() throws Exception {
        Path pipe = dir.resolve("pipe");
        assumeThat(Files.isExecutable(Path.of("/usr/bin/mkfifo")))
                .as("mkfifo is installed")
                .isTrue();
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertUnpackable(Layer.builder().contentOf("/", dir).build(), pipe.toString(), "neither a file nor");
    }

    @Test
    void attributesHaveTheirLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> EntryAttributes.mode(010000));
        assertThatIllegalArgumentException().isThrownBy(() -> EntryAttributes.mode(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryAttributes.unspecified().withOwner(-1, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EntryAttributes.unspecified().withTime(Instant.ofEpochSecond(-1)));
    }
}
