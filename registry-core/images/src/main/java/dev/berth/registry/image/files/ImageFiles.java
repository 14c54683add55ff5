package dev.berth.registry.image.files;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ResolvedImage;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The file system of an image: its layers, merged as a container would see them. Whiteouts are applied, hard links are
 * files. Paths are only names here: nothing is unpacked. Immutable and thread-safe.
 *
 * <pre>{@code
 * ResolvedImage image = ResolvedImage.of(ImageLocation.of(registry, "library/debian:12"), Platform.parse("linux/amd64"));
 * ImageFiles files = ImageFiles.read(image);
 * try (InputStream release = files.open("etc/os-release")) {
 *     release.transferTo(System.out);
 * }
 * }</pre>
 *
 * <p>The list of the files is kept in memory, about 200 bytes each. Their content is read from the registry anew each
 * time, which reads the layer up to there.
 *
 * @since 0.1
 */
public final class ImageFiles {
    private final Repository repository;
    private final List<Descriptor> layers;
    private final FileLimits limits;
    private final NavigableMap<String, MergedEntry> files;

    private ImageFiles(
            Repository repository,
            List<Descriptor> layers,
            FileLimits limits,
            NavigableMap<String, MergedEntry> files) {
        this.repository = repository;
        this.layers = layers;
        this.limits = limits;
        this.files = files;
    }

    /**
     * Reads the list of the files of an image: all its layers, once.
     *
     * @throws LayerFormatException if a layer is malformed or exceeds a limit
     * @throws IOException if reading fails
     * @throws dev.berth.registry.RegistryException if the registry fails or does not have a layer
     */
    public static ImageFiles read(ResolvedImage image) throws IOException {
        return read(image, FileLimits.defaults());
    }

    /** Reads the list of the files of an image, with other limits. As {@link #read(ResolvedImage)}. */
    public static ImageFiles read(ResolvedImage image, FileLimits limits) throws IOException {
        return read(image.location().repository(), image.layers(), limits);
    }

    /**
     * Reads the list of the files of some layers. As {@link #read(ResolvedImage)}.
     *
     * @param layers the layers, the lowest first
     */
    public static ImageFiles read(Repository repository, List<Descriptor> layers, FileLimits limits)
            throws IOException {
        List<Descriptor> copy = List.copyOf(layers);
        LayerMerge merge = new LayerMerge(limits);
        for (Descriptor layer : copy) {
            try (LayerReader reader = LayerReader.open(repository, layer, limits)) {
                merge.add(reader);
            }
        }
        return new ImageFiles(repository, copy, limits, merge.files());
    }

    /** Returns all files, directories and links, in the order of their paths. Directories may be missing in an image. */
    public Stream<FileEntry> list() {
        return files.values().stream().map(MergedEntry::entry);
    }

    /** Returns everything below a directory, at any depth, in the order of the paths. Links in the path are followed. */
    public Stream<FileEntry> list(String directory) {
        String path = follow(LayerPaths.trim(directory)).orElse("");
        return path.isEmpty()
                ? list()
                : files.subMap(path + "/", false, path + "0", false).values().stream()
                        .map(MergedEntry::entry);
    }

    /**
     * Looks a file up. Symbolic links in the path are followed, within the root of the image, but not the last segment.
     *
     * @param path with or without a leading slash
     */
    public Optional<FileEntry> find(String path) {
        String plain = LayerPaths.trim(path);
        return follow(LayerPaths.parent(plain))
                .map(parent -> LayerPaths.child(parent, plain.substring(plain.lastIndexOf('/') + 1)))
                .map(files::get)
                .map(MergedEntry::entry);
    }

    /**
     * Opens a file. All symbolic links in the path are followed, within the root of the image.
     *
     * @param path with or without a leading slash
     * @return its content; closing it releases the layer
     * @throws NoSuchFileException if there is no such file, or it is a directory or something else without content
     * @throws LayerFormatException if the layer is malformed or exceeds a limit
     * @throws IOException if reading fails
     * @throws dev.berth.registry.RegistryException if the registry fails or does not have the layer
     */
    public InputStream open(String path) throws IOException {
        MergedEntry file = follow(LayerPaths.trim(path))
                .map(files::get)
                .orElseThrow(() -> new NoSuchFileException(path, null, "the image has no such file"));
        if (file.entry().type() != FileEntry.Type.FILE) {
            throw new NoSuchFileException(
                    path,
                    null,
                    "it is not a file in the image but a " + file.entry().type());
        }
        LayerReader reader = LayerReader.open(repository, layers.get(file.layer()), limits);
        try {
            return open(reader, file);
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static InputStream open(LayerReader reader, MergedEntry file) throws IOException {
        for (long position = 0; position <= file.position(); position++) {
            if (reader.next().isEmpty()) {
                throw new LayerFormatException("The layer has changed: it has only " + position + " entries now");
            }
        }
        return new FilterInputStream(reader.content()) {
            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }

    private Optional<String> follow(String path) {
        return LayerMerge.follow(files, Objects.requireNonNull(path, "path"));
    }
}
