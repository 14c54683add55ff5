package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Maps keys to paths: the key {@code a/b/c} is the file {@code root/a/b/c}. */
final class KeyPaths {
    private final Path root;

    KeyPaths(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    Path of(ObjectKey key) throws IOException {
        return resolve(key.value());
    }

    Path of(KeyPrefix prefix) throws IOException {
        String value = prefix.value();
        return value.isEmpty() ? root : resolve(value.substring(0, value.length() - 1));
    }

    private Path resolve(String relative) throws IOException {
        try {
            return root.resolve(relative);
        } catch (InvalidPathException e) {
            throw new IOException(
                    "'" + relative + "' cannot be a file name here, since this process encodes file names in "
                            + System.getProperty("sun.jnu.encoding")
                            + ": start it in a UTF-8 locale, for example with LC_ALL=C.UTF-8",
                    e);
        }
    }

    /** Tells whether the name of a file can be a segment of a key; all other files are none of the store's objects. */
    static boolean isSegment(Path file) {
        String name = file.getFileName().toString();
        if (name.isEmpty() || name.charAt(0) == '.') {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 0x80) {
                return isForeignSegment(file, name);
            }
            if (c < ' ' || c == 0x7F || c == '\\') {
                return false;
            }
        }
        return name.length() <= ObjectKey.MAX_SEGMENT_BYTES;
    }

    private static boolean isForeignSegment(Path file, String name) {
        try {
            ObjectKey.of(name);
            // Bytes that are not text become U+FFFD; such a name does not resolve to the file.
            return file.resolveSibling(name).equals(file);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
