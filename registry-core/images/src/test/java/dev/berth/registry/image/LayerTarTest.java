package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerTarTest {

    @TempDir
    Path dir;

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path write(String name, String content) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @Test
    void entriesAreSortedByTheBytesOfTheirNamesParentsFirst() throws IOException {
        Layer layer = Layer.builder()
                .bytes("/b/z", utf8("1"))
                .bytes("b-a", utf8("2"))
                .directory("/b")
                .bytes("B", utf8("3"))
                .bytes("/\uD83D\uDE00", utf8("4"))
                .bytes("/\uFB00", utf8("5"))
                .build();

        assertThat(Tars.entries(layer).keySet()).containsExactly("B", "b/", "b/z", "b-a", "\uFB00", "\uD83D\uDE00");
    }

    @Test
    void theOrderOfAddingDoesNotMatter() throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            names.add("d" + i % 7 + "/" + "n".repeat(i) + i);
        }
        Random random = new Random(1);
        byte[] first = null;
        for (int round = 0; round < 5; round++) {
            Collections.shuffle(names, random);
            LayerBuilder builder = Layer.builder();
            names.forEach(name -> builder.bytes(name, utf8(name)));
            byte[] tar = Tars.bytes(builder.build());
            assertThat(first == null ? tar : first).isEqualTo(tar);
            first = tar;
        }
    }

    @Test
    void directoriesOnTheWayAreNotEntries() throws IOException {
        assertThat(Tars.entries(Layer.builder().bytes("/tmp/a/b", utf8("")).build()))
                .containsOnlyKeys("tmp/a/b");
    }

    @Test
    void nothingOfTheMachineIsInTheHeaders() throws IOException {
        Path file = write("app/run.sh", "#!/bin/sh");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        write("app/data", "x");
        Files.createSymbolicLink(dir.resolve("app/link"), Path.of("data"));
        Files.createDirectory(
                dir.resolve("app/sub"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        Map<String, Tars.Entry> entries = Tars.entries(
                Layer.builder().contentOf("/opt/app", dir.resolve("app")).build());

        assertThat(entries).containsOnlyKeys("opt/app/data", "opt/app/link", "opt/app/run.sh", "opt/app/sub/");
        assertThat(entries.values()).allSatisfy(entry -> {
            TarArchiveEntry header = entry.header();
            assertThat(header.getLongUserId()).isZero();
            assertThat(header.getLongGroupId()).isZero();
            assertThat(header.getUserName()).isEmpty();
            assertThat(header.getGroupName()).isEmpty();
            assertThat(header.getLastModifiedTime().toInstant()).isEqualTo(Instant.EPOCH);
        });
        assertThat(entries.get("opt/app/run.sh").header().getMode()).isEqualTo(0755);
        assertThat(entries.get("opt/app/data").header().getMode()).isEqualTo(0644);
        assertThat(entries.get("opt/app/sub/").header().getMode()).isEqualTo(0755);
        assertThat(entries.get("opt/app/link").header().getLinkName()).isEqualTo("data");
        assertThat(entries.get("opt/app/link").header().isSymbolicLink()).isTrue();
    }

    @Test
    void aLayerMayKeepWhatIsOnDisk() throws IOException {
        Path file = write("f", "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-01-02T03:04:05.678Z")));
        int user = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);

        TarArchiveEntry header = Tars.entries(Layer.builder()
                        .file("f", file)
                        .keepModes()
                        .keepOwners()
                        .keepTimes()
                        .build())
                .get("f")
                .header();

        assertThat(header.getMode()).isEqualTo(0664);
        assertThat(header.getLongUserId()).isEqualTo(user);
        assertThat(header.getLastModifiedTime().toInstant()).isEqualTo(Instant.parse("2024-01-02T03:04:05Z"));
    }

    @Test
    void whatIsSaidOfAnEntryCountsMoreThanWhatIsSaidOfTheLayer() throws IOException {
        Map<String, Tars.Entry> entries = Tars.entries(Layer.builder()
                .bytes(
                        "a",
                        utf8(""),
                        EntryAttributes.mode(04711).withOwner(5, 6).withTime(Instant.ofEpochSecond(7)))
                .bytes("b", utf8(""))
                .directory("c", EntryAttributes.mode(01777))
                .owner(1000, 1001)
                .time(Instant.ofEpochSecond(99))
                .build());

        assertThat(entries.get("a").header().getMode()).isEqualTo(04711);
        assertThat(entries.get("a").header().getLongUserId()).isEqualTo(5);
        assertThat(entries.get("a").header().getLongGroupId()).isEqualTo(6);
        assertThat(entries.get("a").header().getLastModifiedTime().toInstant()).isEqualTo(Instant.ofEpochSecond(7));
        assertThat(entries.get("b").header().getMode()).isEqualTo(0644);
        assertThat(entries.get("b").header().getLongUserId()).isEqualTo(1000);
        assertThat(entries.get("b").header().getLongGroupId()).isEqualTo(1001);
        assertThat(entries.get("b").header().getLastModifiedTime().toInstant()).isEqualTo(Instant.ofEpochSecond(99));
        assertThat(entries.get("c/").header().getMode()).isEqualTo(01777);
    }

    @Test
    void longAndForeignNamesAndLargeNumbersArriveWhole() throws IOException {
        String name = "ünï/" + "long".repeat(60) + "/" + "x".repeat(200);
        String target = "t".repeat(300) + "ß";

        Map<String, Tars.Entry> entries = Tars.entries(Layer.builder()
                .bytes(name, utf8("x"), EntryAttributes.unspecified().withOwner(Integer.MAX_VALUE, 3_000_000))
                .symlink("link", target)
                .build());

        assertThat(entries).containsOnlyKeys("link", name);
        assertThat(entries.get(name).header().getLongUserId()).isEqualTo(Integer.MAX_VALUE);
        assertThat(entries.get(name).header().getLongGroupId()).isEqualTo(3_000_000);
        assertThat(entries.get("link").header().getLinkName()).isEqualTo(target);
    }

    @Test
    void directoriesOnDiskAndGivenEntriesBecomeOneTree() throws IOException {
        write("one/a/x", "1");
        write("one/b/only", "1");
        write("two/a/y", "2");

        Map<String, Tars.Entry> entries = Tars.entries(Layer.builder()
                .contentOf("/", dir.resolve("one"))
                .contentOf("/", dir.resolve("two"))
                .bytes("a/w", utf8("3"))
                .directory("b", EntryAttributes.mode(0700))
                .build());

        assertThat(entries.keySet()).containsExactly("a/", "a/w", "a/x", "a/y", "b/", "b/only");
        assertThat(entries.get("a/x").content()).isEqualTo("1");
        assertThat(entries.get("a/y").content()).isEqualTo("2");
        assertThat(entries.get("b/").header().getMode()).isEqualTo(0700);
    }

    @Test
    void whatIsRemovedIsMarked() throws IOException {
        assertThat(Tars.entries(Layer.builder().remove("/etc/motd").build())).containsOnlyKeys("etc/.wh.motd");
    }

    @Test
    void aSparseFileIsPackedWithItsHoles() throws IOException {
        Path sparse = dir.resolve("sparse");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.seek(3_000_000);
            file.write('x');
        }

        Tars.Entry entry =
                Tars.entries(Layer.builder().file("sparse", sparse).build()).get("sparse");

        assertThat(entry.content()).hasSize(3_000_001).endsWith("\0x").startsWith("\0\0");
    }

    /** More than the 8 GiB that the old field for the size can say. Only the header is looked at. */
    @Test
    void aHugeFileHasItsSizeInTheHeader() throws IOException {
        long size = 9L << 30;
        BlobSource huge = new BlobSource() {
            @Override
            public InputStream open() {
                return InputStream.nullInputStream();
            }

            @Override
            public OptionalLong size() {
                return OptionalLong.of(size);
            }

            @Override
            public boolean reopenable() {
                return true;
            }
        };
        Layer layer = Layer.builder()
                .content("huge", huge, EntryAttributes.unspecified())
                .build();
        byte[] head;
        try (InputStream tar = layer.open()) {
            head = tar.readNBytes(1536);
        }
        try (var in = new TarArchiveInputStream(new ByteArrayInputStream(head))) {
            assertThat(in.getNextEntry().getSize()).isEqualTo(size);
        }
    }

    @Test
    void anEmptyLayerIsAnEmptyTar() throws IOException {
        byte[] tar = Tars.bytes(Layer.builder().build());

        assertThat(tar).hasSize(1024).containsOnly(0);
    }

    @Test
    void aLayerReadsTheDiskAnewEachTime() throws IOException {
        Path file = write("f", "one");
        Layer layer = Layer.builder().file("f", file).build();

        assertThat(Tars.entries(layer).get("f").content()).isEqualTo("one");
        Files.writeString(file, "another");
        assertThat(Tars.entries(layer).get("f").content()).isEqualTo("another");
    }

    @Test
    void aBuilderThatGoesOnDoesNotChangeTheLayer() throws IOException {
        LayerBuilder builder = Layer.builder().bytes("a", utf8(""));
        Layer layer = builder.build();
        builder.bytes("b", utf8(""));

        assertThat(Tars.entries(layer)).containsOnlyKeys("a");
    }
}
