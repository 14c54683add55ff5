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
import dev.berth.registry.image.ImageBuilder;
import dev.berth.registry.image.Layer;
import dev.berth.registry.manifest.ResolvedImage;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ImageFilesTest {
    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());
    private final Repository repository = registry.repository(RepositoryName.parse("app"));

    private ImageFiles merge(TestTar... layers) throws IOException {
        List<Descriptor> pushed =
                Stream.of(layers).map(layer -> layer.pushTo(repository)).toList();
        return ImageFiles.read(repository, pushed, FileLimits.defaults());
    }

    private static List<String> paths(ImageFiles files) {
        return files.list().map(FileEntry::path).toList();
    }

    private static String read(ImageFiles files, String path) throws IOException {
        try (InputStream content = files.open(path)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theFilesOfABuiltImageAreListedAndRead() throws IOException {
        ImageBuilder.fromScratch(Platform.parse("linux/amd64"))
                .layer(Layer.builder()
                        .bytes("/a", "lower".getBytes(StandardCharsets.UTF_8))
                        .build())
                .layer(Layer.builder()
                        .bytes("/b", "upper".getBytes(StandardCharsets.UTF_8))
                        .build())
                .pushTo(ImageLocation.of(registry, "app:1"));

        ImageFiles files = ImageFiles.read(ResolvedImage.of(ImageLocation.of(registry, "app:1")));

        assertThat(paths(files)).containsExactly("a", "b");
        assertThat(read(files, "/a")).isEqualTo("lower");
        assertThat(read(files, "b")).isEqualTo("upper");
    }

    @Test
    void anUpperLayerReplacesFiles() throws IOException {
        ImageFiles files = merge(
                new TestTar().directory("d").file("d/a", "1").file("d/b", "1"),
                new TestTar().file("d/a", "second").directory("e"));

        assertThat(paths(files)).containsExactly("d", "d/a", "d/b", "e");
        assertThat(read(files, "d/a")).isEqualTo("second");
        assertThat(files.find("d/a").orElseThrow().size()).isEqualTo(6);
    }

    @Test
    void aWhiteoutRemovesAFileOrATree() throws IOException {
        ImageFiles files = merge(
                new TestTar()
                        .file("d/a", "1")
                        .file("d/b/c", "1")
                        .file("d/b0", "1")
                        .file("da", "1"),
                new TestTar().file("d/.wh.a", "").file("d/.wh.b", ""));

        assertThat(paths(files)).containsExactly("d/b0", "da");
    }

    @Test
    void aWhiteoutIsAboutTheLayersBelowOnly() throws IOException {
        ImageFiles files =
                merge(new TestTar().file("a", "1"), new TestTar().file("a", "2").file(".wh.a", ""));

        assertThat(read(files, "a")).isEqualTo("2");
    }

    @Test
    void anOpaqueDirectoryHidesWhatIsBelowIt() throws IOException {
        ImageFiles files = merge(
                new TestTar().file("d/old", "1").file("d/e/old", "1").file("other", "1"),
                new TestTar().directory("d").file("d/new", "2").file("d/.wh..wh..opq", ""));

        assertThat(paths(files)).containsExactly("d", "d/new", "other");
    }

    @Test
    void aWhiteoutOfTheDirectoryAboveRemovesNothing() throws IOException {
        ImageFiles files = merge(
                new TestTar().file("d/a", "1"),
                new TestTar().file("d/.wh...", "").file("d/.wh..", "").file("d/.wh.", ""));

        assertThat(paths(files)).containsExactly("d/a");
    }

    @Test
    void aFileInTheWayOfADirectoryIsReplaced() throws IOException {
        ImageFiles files = merge(
                new TestTar().file("a", "1").file("b/c", "1"),
                new TestTar().file("a/x", "2").file("b", "2"));

        assertThat(paths(files)).containsExactly("a/x", "b");
    }

    @Test
    void hardLinksAreFiles() throws IOException {
        ImageFiles files = merge(
                new TestTar().file("a", "content").hardLink("b", "a").hardLink("c", "b"),
                new TestTar().hardLink("d", "a").file("a", "new").hardLink("lost", "nowhere"));

        for (String name : List.of("b", "c", "d")) {
            assertThat(read(files, name)).isEqualTo("content");
            assertThat(files.find(name).orElseThrow().type()).isEqualTo(FileEntry.Type.FILE);
        }
        assertThat(read(files, "a")).isEqualTo("new");
        assertThatThrownBy(() -> files.open("lost")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void symbolicLinksAreFollowedWithinTheImage() throws IOException {
        ImageFiles files = merge(
                new TestTar()
                        .symlink("lib", "usr/lib")
                        .file("usr/lib/os-release", "release")
                        .directory("etc")
                        .symlink("etc/os-release", "../usr/lib/os-release")
                        .symlink("etc/out", "../../../../usr/lib/os-release")
                        .symlink("abs", "/lib/os-release")
                        .symlink("loop", "loop"),
                new TestTar().file("lib/added", "2"));

        for (String path : List.of("etc/os-release", "/lib/os-release", "abs", "etc/out", "lib/../lib/os-release")) {
            assertThat(read(files, path)).as(path).isEqualTo("release");
        }
        assertThat(read(files, "usr/lib/added")).isEqualTo("2");
        assertThat(files.list("lib"))
                .extracting(FileEntry::path)
                .containsExactly("usr/lib/added", "usr/lib/os-release");
        assertThat(files.find("abs").orElseThrow().type()).isEqualTo(FileEntry.Type.SYMLINK);
        assertThatThrownBy(() -> files.open("loop")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.open("etc")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files.open("none")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void theLimitOfEntriesIsThatOfAllLayers() {
        List<Descriptor> layers = List.of(
                new TestTar().file("a", "").file("b", "").pushTo(repository),
                new TestTar().file("c", "").file("d", "").pushTo(repository));

        assertThatThrownBy(() -> ImageFiles.read(
                        repository, layers, FileLimits.builder().maxEntries(3).build()))
                .isInstanceOf(LayerFormatException.class)
                .hasMessageContaining("more than 3 entries");
    }
}
