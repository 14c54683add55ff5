package dev.berth.registry.layout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A file, or a part of one, such as an entry of a tar. Every opening has a channel of its own: an interrupt, which
 * closes the channel that it hits, harms no other reader.
 *
 * @param file the file on disk
 * @param begin where the content begins in it
 * @param size the number of bytes of the content
 */
record FilePart(Path file, long begin, long size) implements LayoutFile {

    @Override
    public InputStream open(long offset, long length) throws IOException {
        Objects.checkFromIndexSize(offset, length, size);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            channel.position(begin + offset);
            return new ChannelPart(channel, length, file);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
