package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectStat;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file, or a part of one, opened for reading. Continues with the opened file when another one takes its name. It has
 * a channel of its own, since interrupting the reader closes the channel.
 */
final class FileContent implements ObjectContent {
    private static final int BUFFER = 64 * 1024;

    /** The number of attempts to open an object that is replaced all the time. */
    private static final int ATTEMPTS = 1000;

    private final FileChannel channel;
    private final BasicFileAttributes attributes;
    private final ObjectStat stat;
    private final InputStream stream = new Stream();
    private long position;
    private long remaining;

    private FileContent(FileChannel channel, BasicFileAttributes attributes, long offset, long length) {
        this.channel = channel;
        this.attributes = attributes;
        this.stat = ObjectStats.of(attributes);
        this.position = offset;
        this.remaining = Math.min(length, Math.max(0, stat.size() - offset));
    }

    /** Opens a part of a file, or returns empty if the file does not exist. */
    static Optional<FileContent> open(Path path, long offset, long length) throws IOException {
        return open(path, ObjectStats.find(path), offset, length);
    }

    /**
     * As {@link #open(Path, long, long)}.
     *
     * @param known the attributes that the file had at some time before, or null if it did not exist
     */
    static Optional<FileContent> open(Path path, @Nullable BasicFileAttributes known, long offset, long length)
            throws IOException {
        BasicFileAttributes before = known;
        for (int i = 0; i < ATTEMPTS && before != null; i++) {
            FileChannel channel;
            try {
                channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            } catch (FileSystemException e) {
                if (ObjectStats.isAbsence(path, e)) {
                    return Optional.empty();
                }
                throw e;
            }
            // A channel has no identity: it has opened the file that exists both before and after.
            BasicFileAttributes after;
            try {
                after = ObjectStats.find(path);
            } catch (IOException e) {
                channel.close();
                throw e;
            }
            if (after != null && isSame(before, after)) {
                return Optional.of(new FileContent(channel, after, offset, length));
            }
            channel.close();
            before = after;
        }
        if (before != null) {
            throw new FileSystemException(path.toString(), null, "it is replaced faster than it can be opened");
        }
        return Optional.empty();
    }

    /** Opens the current bytes of a file that only grows, or returns empty if the file does not exist. */
    static Optional<InputStream> openGrowing(Path path) throws IOException {
        BasicFileAttributes present = ObjectStats.find(path);
        if (present == null) {
            return Optional.empty();
        }
        try {
            FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return Optional.of(new FileContent(channel, present, 0, Long.MAX_VALUE).stream());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static boolean isSame(BasicFileAttributes a, BasicFileAttributes b) {
        return a.size() == b.size()
                && a.lastModifiedTime().equals(b.lastModifiedTime())
                && Objects.equals(a.fileKey(), b.fileKey());
    }

    /** Returns the attributes of the opened file. */
    BasicFileAttributes attributes() {
        return attributes;
    }

    /** Reads all bytes of a small file, whatever part was opened. */
    byte[] readWhole() throws IOException {
        position = 0;
        remaining = stat.size();
        byte[] bytes = new byte[(int) remaining];
        while (remaining > 0) {
            int unused = read(bytes, bytes.length - (int) remaining, (int) remaining);
        }
        return bytes;
    }

    @Override
    public ObjectStat stat() {
        return stat;
    }

    @Override
    public InputStream stream() {
        return stream;
    }

    @Override
    public long transferTo(OutputStream output) throws IOException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, remaining)];
        long transferred = 0;
        while (remaining > 0) {
            int count = read(buffer, 0, buffer.length);
            output.write(buffer, 0, count);
            transferred += count;
        }
        return transferred;
    }

    private int read(byte[] bytes, int offset, int length) throws IOException {
        int wanted = (int) Math.min(Math.min(length, BUFFER), remaining);
        int count = channel.read(ByteBuffer.wrap(bytes, offset, wanted), position);
        if (count < 0) {
            throw new EOFException("A file has become shorter while it was read: it had " + stat.size()
                    + " bytes and ends at " + position);
        }
        position += count;
        remaining -= count;
        return count;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }

    private final class Stream extends InputStream {

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, bytes.length);
            if (length == 0) {
                return 0;
            }
            return remaining == 0 ? -1 : FileContent.this.read(bytes, offset, length);
        }

        @Override
        public long skip(long count) {
            long skipped = Math.max(0, Math.min(count, remaining));
            position += skipped;
            remaining -= skipped;
            return skipped;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, remaining);
        }

        @Override
        public long transferTo(OutputStream output) throws IOException {
            return FileContent.this.transferTo(output);
        }

        @Override
        public void close() {
            FileContent.this.close();
        }
    }
}
