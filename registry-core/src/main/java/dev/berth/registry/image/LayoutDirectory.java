package dev.berth.registry.image;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.MediaTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;

/**
 * An image layout in a directory. A file appears under its name when it is complete and on disk: it is written beside,
 * synchronised and renamed.
 */
final class LayoutDirectory implements LayoutFiles {
    /** What marks a directory as a layout (OCI image specification, "oci-layout file"). */
    static final String MARKER = "oci-layout";

    private static final String TEMPORARY_PREFIX = ".berth-";
    private static final byte[] MARKER_CONTENT = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] EMPTY_INDEX = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                    + "\",\"manifests\":[]}")
            .getBytes(StandardCharsets.UTF_8);

    private final Path root;

    LayoutDirectory(Path root) {
        this.root = root;
    }

    /** Makes a directory that is new or empty a layout without images; does nothing if it is a layout. */
    void create() throws IOException {
        Files.createDirectories(root);
        boolean layout = Files.exists(root.resolve(MARKER));
        if (!layout && !isEmpty()) {
            throw new MalformedLayoutException(
                    "it is not an image layout, and not empty either; name a directory that is new or empty");
        }
        Files.createDirectories(root.resolve("blobs").resolve(DigestAlgorithm.SHA256.id()));
        if (!layout) {
            replace(MARKER, MARKER_CONTENT);
        }
        if (!Files.exists(root.resolve(LayoutIndex.FILE))) {
            replace(LayoutIndex.FILE, EMPTY_INDEX);
        }
    }

    private boolean isEmpty() throws IOException {
        try (DirectoryStream<Path> content = Files.newDirectoryStream(root)) {
            for (Path entry : content) {
                // Left by a making that did not come to its end.
                String name = String.valueOf(entry.getFileName());
                if (!name.equals("blobs") && !name.startsWith(TEMPORARY_PREFIX)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Override
    public Optional<LayoutFile> find(String path) throws IOException {
        Path file = root.resolve(path);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile() ? Optional.of(new WholeFile(file, attributes.size())) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public String place() {
        return "the image layout " + root;
    }

    /** Returns a file that does not exist, for content that is on its way. */
    Path temporary(String id) {
        return root.resolve(TEMPORARY_PREFIX + "upload-" + id);
    }

    /** Gives a complete and synchronised file the name of its digest. */
    void keep(Path content, Digest digest) throws IOException {
        Path target = root.resolve(LayoutGraph.path(digest));
        Path folder = root.resolve("blobs").resolve(digest.algorithm().id());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
            synchronise(root.resolve("blobs"));
        }
        Files.move(content, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        synchronise(folder);
    }

    void keep(byte[] content, Digest digest) throws IOException {
        Path file = write(content);
        try {
            keep(file, digest);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Replaces a file at the top. Its readers see the old content or the new. */
    void replace(String name, byte[] content) throws IOException {
        Path file = write(content);
        try {
            Files.move(file, root.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            synchronise(root);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    boolean delete(Digest digest) throws IOException {
        return Files.deleteIfExists(root.resolve(LayoutGraph.path(digest)));
    }

    private Path write(byte[] content) throws IOException {
        Path file = temporary(UUID.randomUUID().toString());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        } catch (IOException e) {
            Files.deleteIfExists(file);
            throw e;
        }
        return file;
    }

    /** Makes a renaming in a directory durable. */
    private static void synchronise(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
