package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that stands where the file of an object should be. The store never makes one, since no key is a prefix of
 * another, so it is of another program, of a restored backup or of a damaged disk. It must not keep an object from being
 * written for ever, and what is in it is not the store's to delete.
 */
final class ForeignDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(FileObjectStore.class);

    private ForeignDirectory() {}

    static boolean isAt(Path object) {
        return Files.isDirectory(object, LinkOption.NOFOLLOW_LINKS);
    }

    /** Deletes the directory if it is empty, and otherwise moves it to a name beside it that listings do not show. */
    static void makeWay(Path object) throws IOException {
        try {
            Files.delete(object);
            LOG.warn("'{}' was an empty directory in the place of a file; it was deleted", object);
        } catch (DirectoryNotEmptyException e) {
            Path aside = object.resolveSibling("." + object.getFileName() + ".foreign-" + UUID.randomUUID());
            Files.move(object, aside, StandardCopyOption.ATOMIC_MOVE);
            LOG.warn("'{}' was a directory in the place of a file; it was moved to '{}'", object, aside);
        }
    }
}
