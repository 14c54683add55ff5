package dev.berth.registry.layout;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.MediaTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
    private final String place;
    private volatile @Nullable LayoutLock lock;

    LayoutDirectory(Path root) {
        this(root, "the image layout " + root);
    }

    /** Takes a directory that its user knows by another name. */
    LayoutDirectory(Path root, String place) {
        this.root = root;
        this.place = place;
    }

    /** Makes a directory that is new or empty a layout without images; does nothing if it is a layout. */
    void create() throws IOException {
        Files.createDirectories(root);
        // Asked again at the end, since somebody else may be making it at the same time.
        if (!isLayout() && !isEmpty() && !isLayout()) {
            throw new MalformedLayoutException(
                    "it is not an image layout, and not empty either; name a directory that is new or empty");
        }
        Files.createDirectories(root.resolve("blobs").resolve(DigestAlgorithm.SHA256.id()));
        add(MARKER, MARKER_CONTENT);
        add(LayoutIndex.FILE, EMPTY_INDEX);
    }

    private boolean isLayout() {
        return Files.exists(root.resolve(MARKER));
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
        return place;
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

    /** Adds a file at the top, unless it is there: of two that add it the second one changes nothing. */
    private void add(String name, byte[] content) throws IOException {
        Path target = root.resolve(name);
        if (Files.exists(target)) {
            return;
        }
        Path file = write(content);
        try {
            link(file, target);
            synchronise(root);
        } catch (FileAlreadyExistsException e) {
            // It has come meanwhile.
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static void link(Path file, Path target) throws IOException {
        try {
            Files.createLink(target, file);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            // A file system without hard links.
            Files.move(file, target);
        }
    }

    /** Runs something that no other change must come between, of whatever object or process. */
    <T> T exclusively(Layout.Call<T> call) throws IOException {
        return lock().exclusively(call);
    }

    /** Runs something that reads {@value #MARKER}. */
    <T> T readingMarker(Layout.Call<T> call) throws IOException {
        return lock().alone(call);
    }

    private LayoutLock lock() throws IOException {
        LayoutLock known = lock;
        if (known == null) {
            known = new LayoutLock(root, MARKER);
            lock = known;
        }
        return known;
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
