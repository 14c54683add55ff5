package dev.berth.examples.standalone.images;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The layout that a command makes, until something is in it. A command that fails or is stopped before that removes it,
 * with the directories that were made for it. What holds a complete blob stays: the same command goes on with it.
 */
final class NewLayout {
    private static final String TEMPORARY_PREFIX = ".berth-";

    private final @Nullable Path layout;
    private final @Nullable Path present;

    private NewLayout(@Nullable Path layout, @Nullable Path present) {
        this.layout = layout;
        this.present = present;
    }

    /** Notes what is there before the command begins. */
    static NewLayout of(LocationText location) {
        if (!location.isNewLayout()) {
            return new NewLayout(null, null);
        }
        Path layout = Path.of(location.place()).toAbsolutePath().normalize();
        @Nullable Path present = layout.getParent();
        while (present != null && !Files.exists(present)) {
            present = present.getParent();
        }
        return new NewLayout(layout, present);
    }

    /** Removes the layout if nothing is in it. */
    void removeIfEmpty() throws IOException {
        if (layout == null || !Files.isDirectory(layout) || hasBlobs(layout.resolve("blobs"))) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(layout, TEMPORARY_PREFIX + "*")) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        for (String name : List.of("index.json", "oci-layout", "blobs/sha256", "blobs/sha512", "blobs")) {
            Files.deleteIfExists(layout.resolve(name));
        }
        for (Path made = layout; made != null && !made.equals(present); made = made.getParent()) {
            Files.deleteIfExists(made);
        }
    }

    private static boolean hasBlobs(Path blobs) throws IOException {
        if (!Files.isDirectory(blobs)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(blobs)) {
            return files.anyMatch(Files::isRegularFile);
        }
    }
}
