package dev.berth.registry.scan.format.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a file of a layer, which is read once from the beginning. For one thread.
 *
 * <p>It remembers whether the layer itself failed: that is not the fault of the file.
 */
public final class FileContent {
    private final String path;
    private final long size;
    private final InputStream stream;
    private boolean failed;

    /**
     * @param path the path in the image
     * @param size the number of bytes
     */
    public FileContent(String path, long size, InputStream in) {
        this.path = path;
        this.size = size;
        this.stream = new Pulled() {
            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                try {
                    return in.read(target, offset, length);
                } catch (IOException | RuntimeException e) {
                    failed = true;
                    throw e;
                }
            }
        };
    }

    /** Returns the path in the image. */
    public String path() {
        return path;
    }

    /** Returns the number of bytes, as the layer says. */
    public long size() {
        return size;
    }

    /** Returns the content; the same stream each time. */
    public InputStream stream() {
        return stream;
    }

    /** Returns whether reading the layer failed. */
    public boolean failed() {
        return failed;
    }

    /**
     * Returns the whole content of a file that is small.
     *
     * @throws UnreadableException if it is not
     */
    public byte[] readSmall(int most) throws IOException {
        byte[] content = stream.readNBytes(most + 1);
        if (content.length > most) {
            throw new UnreadableException("it has more than " + most + " bytes");
        }
        return content;
    }
}
