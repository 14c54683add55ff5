package dev.berth.registry.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file in a directory. It may be replaced by another one, which then is read from its beginning to its end.
 *
 * @param file the file on disk
 * @param size the number of bytes that it had when it was found
 */
record WholeFile(Path file, long size) implements LayoutFile {

    @Override
    public InputStream open(long offset, long length) throws IOException {
        return new FilePart(file, 0, size).open(offset, length);
    }

    @Override
    public byte[] read(String name, int limit) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] content = stream.readNBytes(limit + 1);
            if (content.length > limit) {
                throw LayoutFile.tooLarge(name, limit);
            }
            return content;
        }
    }
}
