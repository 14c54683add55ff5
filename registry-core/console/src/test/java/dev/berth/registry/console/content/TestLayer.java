package dev.berth.registry.console.content;

import dev.berth.registry.fixtures.SampleImages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** A layer, entry by entry, as careless as the test wants it. */
public final class TestLayer {
    private static final int NAME_BYTES = 100;
    private static final int BLOCK = 512;

    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    /** Adds a file. */
    public TestLayer file(String path, String content) {
        return file(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a file. */
    public TestLayer file(String path, byte[] content) {
        entry(path, '0', "", content.length);
        return content(content);
    }

    /** Adds the head of a file that says a size, whatever follows. */
    TestLayer fileHead(String path, long size) {
        entry(path, '0', "", size);
        return this;
    }

    /** Adds a directory. */
    public TestLayer directory(String path) {
        entry(path + "/", '5', "", 0);
        return this;
    }

    /** Adds a symbolic link. */
    public TestLayer symlink(String path, String target) {
        entry(path, '2', target, 0);
        return this;
    }

    /** Adds another name of a file. */
    public TestLayer link(String path, String target) {
        entry(path, '1', target, 0);
        return this;
    }

    private void entry(String path, char type, String target, long size) {
        longer(path, 'L');
        longer(target, 'K');
        tar.writeBytes(SampleImages.header(shortened(path), size, type, shortened(target)));
    }

    /** As GNU tar writes names that are too long for a header. */
    private void longer(String name, char type) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > NAME_BYTES) {
            tar.writeBytes(SampleImages.header("././@LongLink", bytes.length, type, ""));
            content(bytes);
        }
    }

    private static String shortened(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES ? "long" : name;
    }

    private TestLayer content(byte[] bytes) {
        tar.writeBytes(bytes);
        tar.writeBytes(new byte[(BLOCK - bytes.length % BLOCK) % BLOCK]);
        return this;
    }

    /** Adds bytes that are of no entry. */
    TestLayer raw(byte[] bytes) {
        tar.writeBytes(bytes);
        return this;
    }

    /** Returns the tar. */
    public byte[] tar() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(tar.toByteArray());
        whole.writeBytes(new byte[2 * BLOCK]);
        return whole.toByteArray();
    }

    /** Returns the layer, compressed with gzip. */
    public byte[] gzip() {
        return gzip(tar());
    }

    static byte[] gzip(byte[] plain) {
        return gzip(plain, 1);
    }

    /** The entries so far, over and over: a large layer of which only the compressed bytes are in memory. */
    byte[] gzipOfMany(int times) {
        return gzip(tar.toByteArray(), times);
    }

    private static byte[] gzip(byte[] plain, int times) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                gzip.write(plain);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
