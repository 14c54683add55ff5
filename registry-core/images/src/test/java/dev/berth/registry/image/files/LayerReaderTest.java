package dev.berth.registry.image.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.image.Compression;
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import dev.berth.registry.manifest.ResolvedImage;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerReaderTest {
    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final Repository repository = registry.repository(RepositoryName.parse("app"));

    private List<FileEntry> list(Descriptor layer) throws IOException {
        try (LayerReader reader = LayerReader.open(repository, layer)) {
            return list(reader);
        }
    }

    private static List<FileEntry> list(LayerReader reader) throws IOException {
        List<FileEntry> entries = new ArrayList<>();
        for (Optional<FileEntry> next = reader.next(); next.isPresent(); next = reader.next()) {
            entries.add(next.get());
        }
        return entries;
    }

    private static LayerReader open(byte[] layer, FileLimits limits) throws IOException {
        return LayerReader.of(new ByteArrayInputStream(layer), limits);
    }

    static Stream<Compression> compressions() {
        return Stream.of(Compression.none(), Compression.gzip(), Compression.zstd());
    }

    @ParameterizedTest
    @MethodSource("compressions")
    void theEntriesOfABuiltLayerAreListedAndRead(Compression compression) throws IOException {
        Layer layer = Layer.builder()
                .bytes("/etc/motd", "hello".getBytes(StandardCharsets.UTF_8))
                .symlink("/etc/alias", "motd")
                .build();
        ImageBuilder.fromScratch(Platform.parse("linux/amd64"))
                .layer(layer)
                .compression(compression)
                .pushTo(ImageLocation.of(registry, "app:1"));
        Descriptor stored =
                ResolvedImage.of(ImageLocation.of(registry, "app:1")).layers().get(0);

        assertThat(list(stored))
                .extracting(entry -> entry.path() + " " + entry.type() + " " + entry.size())
                .containsExactly("etc/alias SYMLINK 0", "etc/motd FILE 5");
        try (LayerReader reader = LayerReader.open(repository, stored)) {
            FileEntry link = reader.next().orElseThrow();
            assertThat(link.linkTarget()).contains("motd");
            assertThat(reader.content().readAllBytes()).isEmpty();
            FileEntry file = reader.next().orElseThrow();
            assertThat(file.mode()).isEqualTo(0644);
            InputStream content = reader.content();
            assertThat(content.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("hello");
            assertThat(reader.next()).isEmpty();
            assertThatThrownBy(content::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aLayerOfSeveralGzipMembersIsReadToItsEnd() throws IOException {
        byte[] tar = new TestTar().file("a", "1").file("b", "2").bytes();
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (int half = 0; half < 2; half++) {
            try (GZIPOutputStream member = new GZIPOutputStream(members)) {
                member.write(tar, half * tar.length / 2, tar.length / 2);
            }
        }

        assertThat(list(TestTar.push(repository, members.toByteArray())))
                .extracting(FileEntry::path)
                .containsExactly("a", "b");
    }

    @Test
    void aTarOfTheSystemIsRead(@TempDir Path dir) throws Exception {
        Programs.require("tar");
        Path tree = Files.createDirectories(dir.resolve("tree"));
        String longName = "n".repeat(200) + "ä";
        Files.writeString(tree.resolve(longName), "long");
        Files.createLink(tree.resolve("other"), tree.resolve(longName));
        for (String format : List.of("gnu", "posix")) {
            Path file = dir.resolve(format + ".tar");
            assertThat(new ProcessBuilder(
                                    "tar", "--format=" + format, "-cf", file.toString(), "-C", tree.toString(), ".")
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
            List<FileEntry> entries = list(TestTar.push(repository, Files.readAllBytes(file)));

            assertThat(entries).extracting(FileEntry::path).containsExactlyInAnyOrder("", longName, "other");
            assertThat(entries)
                    .filteredOn(entry -> entry.type() == FileEntry.Type.HARD_LINK)
                    .singleElement()
                    .satisfies(link -> assertThat(link.linkTarget()).isPresent());
        }
    }

    @Test
    void hostileNamesAreNamesWithinTheImage() throws IOException {
        Descriptor layer = new TestTar()
                .file("../../etc/passwd", "x")
                .file("/abs", "x")
                .file("a/../../b", "x")
                .hardLink("link", "../../etc/shadow")
                .pushTo(repository);

        assertThat(list(layer)).extracting(FileEntry::path).containsExactly("etc/passwd", "abs", "b", "link");
        assertThat(list(layer).get(3).linkTarget()).contains("etc/shadow");
    }

    @Test
    void tooManyEntriesEndTheReading() {
        byte[] tar = new TestTar().file("a", "").file("b", "").file("c", "").bytes();

        assertThatThrownBy(
                        () -> list(open(tar, FileLimits.builder().maxEntries(2).build())))
                .isInstanceOf(LayerFormatException.class)
                .hasMessageContaining("more than 2 entries");
    }

    @Test
    void tooManyBytesEndTheReading() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(
                    new TestTar().entry("zeros", '0', "", new byte[2_000_000]).bytes());
        }

        assertThatThrownBy(() -> list(open(
                        bomb.toByteArray(),
                        FileLimits.builder().maxBytes(1_000_000).build())))
                .isInstanceOf(LayerFormatException.class)
                .hasMessageContaining("more than 1000000 bytes");
    }

    @Test
    void aNameThatIsTooLongEndsTheReading() {
        byte[] name = "x/".repeat(3000).getBytes(StandardCharsets.UTF_8);
        byte[] endless = new byte[8_000_000];
        byte[] tar = new TestTar()
                .entry("././@LongLink", 'L', "", name)
                .file("x", "")
                .bytes();
        byte[] bomb = new TestTar()
                .entry("././@LongLink", 'L', "", endless)
                .file("x", "")
                .bytes();

        assertThatThrownBy(() -> list(open(tar, FileLimits.defaults())))
                .isInstanceOf(LayerFormatException.class)
                .hasMessageContaining("longer than 4096 bytes");
        assertThatThrownBy(() -> list(open(bomb, FileLimits.defaults())))
                .isInstanceOf(LayerFormatException.class)
                .hasMessageContaining("headers");
    }

    @Test
    void whatIsNoTarIsRefused() {
        for (byte[] content : List.of(
                "no tar at all".repeat(100).getBytes(StandardCharsets.UTF_8),
                new byte[] {0x1f, (byte) 0x8b, 1, 2, 3})) {
            assertThatThrownBy(() -> list(open(content, FileLimits.defaults())))
                    .isInstanceOf(LayerFormatException.class);
        }
    }
}
