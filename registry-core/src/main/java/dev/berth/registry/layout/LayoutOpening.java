package dev.berth.registry.layout;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Reference;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.archive.CompressedFile;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out what a path is: a layout in a directory, one in an archive, or what {@code docker save} wrote. */
final class LayoutOpening {
    private static final int MAX_MARKER_BYTES = 64 * 1024;

    private static final String GUNZIP = "gunzip";

    private LayoutOpening() {}

    static Layout open(Path path, LayoutNames names, ArchiveOptions options) {
        return call(path, () -> {
            if (Files.isDirectory(path)) {
                LayoutDirectory directory = new LayoutDirectory(path);
                directory.readingMarker(() -> {
                    requireLayout(directory);
                    return directory;
                });
                return checked(Layout.writable(directory, names));
            }
            if (!Files.exists(path)) {
                throw RegistryException.of(
                        ErrorCode.NOT_FOUND, "There is no image layout or archive at " + path + ": nothing is there");
            }
            if (isGzip(path)) {
                Path unpacked = UnpackedArchive.of(path, options);
                try {
                    return archive(TarIndex.read(unpacked, path), names, Optional.of(unpacked));
                } catch (IOException | RuntimeException e) {
                    Files.deleteIfExists(unpacked);
                    throw e;
                }
            }
            return archive(TarIndex.read(path), names, Optional.empty());
        });
    }

    private static Layout archive(TarIndex archive, LayoutNames names, Optional<Path> temporary) throws IOException {
        boolean layout = archive.find(LayoutDirectory.MARKER).isPresent()
                && archive.find(LayoutIndex.FILE).isPresent();
        if (!layout && archive.find(DockerArchive.MANIFEST).isPresent()) {
            return Layout.readOnly(new DockerArchive(archive), names, temporary);
        }
        requireLayout(archive);
        return checked(Layout.readOnly(archive, names, temporary));
    }

    static void create(Path directory) {
        call(directory, () -> {
            new LayoutDirectory(directory).create();
            return directory;
        });
    }

    static NewArchive createArchive(Path archive, RepositoryName name, Optional<Reference> image) {
        return call(archive, () -> NewArchive.begin(archive, name, image));
    }

    /** Returns one path for a file that has several. */
    static Path realPath(Path path) {
        return call(path, path::toRealPath);
    }

    private static Layout checked(Layout layout) throws IOException {
        layout.index();
        return layout;
    }

    private static void requireLayout(LayoutFiles files) throws IOException {
        Optional<LayoutFile> marker = files.find(LayoutDirectory.MARKER);
        if (marker.isEmpty()) {
            throw new MalformedLayoutException("it has no file " + LayoutDirectory.MARKER
                    + ", so it is not an image layout"
                    + (files instanceof LayoutDirectory
                            ? ""
                            : "; nor is it from docker save, which has " + DockerArchive.MANIFEST));
        }
        requireVersion(marker.get());
    }

    private static void requireVersion(LayoutFile marker) throws IOException {
        String version;
        try {
            version = JsonObject.root(StrictJson.parse(marker.read(LayoutDirectory.MARKER, MAX_MARKER_BYTES)))
                    .requireString("imageLayoutVersion");
        } catch (MalformedJsonException e) {
            throw new MalformedLayoutException(
                    "its file " + LayoutDirectory.MARKER + " is not valid: " + e.getMessage(), e);
        }
        if (!version.startsWith("1.")) {
            throw new MalformedLayoutException("it is of version " + JsonObject.printable(version)
                    + " of the image layout, and only version 1 is known");
        }
    }

    /** Returns whether it is compressed with gzip; fails if it is in another way. */
    private static boolean isGzip(Path path) throws IOException {
        FilePart file = new FilePart(path, 0, Files.size(path));
        Optional<String> program;
        try (var beginning = file.open(0, Math.min(CompressedFile.MAGIC_BYTES, file.size()))) {
            program = CompressedFile.uncompressedBy(beginning.readAllBytes());
        }
        if (program.isPresent() && !program.get().equals(GUNZIP)) {
            throw new MalformedLayoutException("it is compressed, and not with gzip, which could be read; uncompress it"
                    + " first, with " + program.get());
        }
        return program.isPresent();
    }

    private static <T> T call(Path path, Layout.Call<T> call) {
        try {
            return call.run();
        } catch (MalformedLayoutException e) {
            throw RegistryException.of(
                    ErrorCode.REQUEST_INVALID,
                    path + " cannot be used as an image layout or archive: " + e.getMessage(),
                    e);
        } catch (ClosedByInterruptException | FileLockInterruptionException | InterruptedIOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "Reading or writing " + path + " failed: the call was interrupted", e);
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "Reading or writing " + path + " failed: " + reason(e), e);
        }
    }

    /** The exceptions of file systems have a path for their message. */
    private static String reason(IOException e) {
        String file =
                e instanceof FileSystemException failure && failure.getFile() != null ? failure.getFile() : "a file";
        if (e instanceof AccessDeniedException) {
            return "access to " + file + " is denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return file + " is there already, and is no directory";
        }
        if (e instanceof NoSuchFileException) {
            return file + " does not exist and cannot be made";
        }
        return String.valueOf(e.getMessage());
    }
}
