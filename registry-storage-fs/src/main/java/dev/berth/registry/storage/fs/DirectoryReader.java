package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Reads the names of a directory, and which of them are directories: without reading the attributes of each if the
 * number of links to the directory tells that all are or that none is.
 */
final class DirectoryReader {
    private final DiskTraits disk;
    private final int limit;
    private final long charLimit;

    /** Makes a reader that reads at least this many names of a directory, if there are so many. */
    DirectoryReader(DiskTraits disk, int limit, long charLimit) {
        this.disk = disk;
        this.limit = limit;
        this.charLimit = charLimit;
    }

    /** What the entries of a directory are taken for. */
    private enum Kind {
        FILES,
        DIRECTORIES,
        ANY
    }

    private record Scan(DirectoryNames names, long entries) {}

    /**
     * Reads the names, at least those after one of them.
     *
     * @param before the stamp of the directory
     * @param reading records changes that this store makes to the directory concurrently
     */
    DirectoryNames read(Path directory, String after, DirectoryStamp before, NameCache.Reading reading)
            throws IOException {
        Kind kind = kind(before);
        if (kind != Kind.ANY) {
            Scan scan = scan(directory, after, kind, reading);
            DirectoryStamp now = DirectoryStamp.read(directory);
            boolean uniform = kind == Kind.FILES || scan.entries() == before.links() - 2;
            if (uniform && now != null && now.links() == before.links() && !reading.directoriesChanged()) {
                return scan.names();
            }
        }
        return scan(directory, after, Kind.ANY, reading).names();
    }

    private Kind kind(DirectoryStamp stamp) {
        if (!disk.countsDirectories() || stamp.links() < 2) {
            return Kind.ANY;
        }
        return stamp.links() == 2 ? Kind.FILES : Kind.DIRECTORIES;
    }

    private Scan scan(Path directory, String after, Kind kind, NameCache.Reading reading) throws IOException {
        NameSelection selection = new NameSelection(after, limit, charLimit);
        long entries = 0;
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                entries++;
                if (KeyPaths.isSegment(entry)) {
                    add(entry, kind, selection);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return new Scan(DirectoryNames.NONE, 0);
        }
        for (Path file : reading.replaced()) {
            add(file, Kind.ANY, selection);
        }
        return new Scan(selection.names(), entries);
    }

    private static void add(Path entry, Kind kind, NameSelection selection) throws IOException {
        String name = entry.getFileName().toString();
        if (kind == Kind.FILES) {
            selection.add(name);
        } else if (kind == Kind.DIRECTORIES) {
            selection.add(name + "/");
        } else {
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isDirectory()) {
                    selection.add(name + "/");
                } else if (attributes.isRegularFile()) {
                    selection.add(name);
                }
            } catch (NoSuchFileException e) {
                // Removed concurrently.
            }
        }
    }
}
