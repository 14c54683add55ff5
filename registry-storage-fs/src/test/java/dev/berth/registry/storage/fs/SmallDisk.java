package dev.berth.registry.storage.fs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A small ext4 of its own, in a file. It needs Linux, mkfs.ext4, and tests that run as root. */
final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one with so many inodes, of which ext4 needs some itself, or skips the test. */
    static SmallDisk need(Path parent, int bytes, int inodes) throws IOException {
        Path directory = Files.createTempDirectory(parent, "disk");
        Path image = parent.resolve(directory.getFileName() + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        boolean mounted =
                MemoryDisk.run("mkfs.ext4", "-q", "-F", "-m", "0", "-b", "4096", "-N", "" + inodes, image.toString())
                        && MemoryDisk.run("mount", "-o", "loop", image.toString(), directory.toString());
        assumeTrue(mounted, "Only root on Linux, with mkfs.ext4 and a loop device, can mount a small disk");
        // Its inode is taken before the others are.
        Files.createFile(directory.resolve("filler"));
        return new SmallDisk(directory);
    }

    Path directory() {
        return directory;
    }

    /** Fills every block that is free, in a file beside the store. */
    void fillBlocks() throws IOException {
        Path filler = directory.resolve("filler");
        long before = -1;
        // What ext4 has only promised to write is not counted exactly, so it is filled until nothing more fits.
        for (long size = 0; size > before; size = Files.size(filler)) {
            before = size;
            try (FileOutputStream output = new FileOutputStream(filler.toFile(), true)) {
                fill(output);
                output.getFD().sync();
            }
        }
    }

    private static void fill(OutputStream output) throws IOException {
        byte[] block = new byte[4096];
        try {
            while (true) {
                output.write(block);
            }
        } catch (IOException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
        }
    }

    /** Uses every inode that is free. */
    void fillInodes() throws IOException {
        Path fillers = Files.createDirectories(directory.resolve("fillers"));
        try {
            for (int i = 0; ; i++) {
                Files.createFile(fillers.resolve("" + i));
            }
        } catch (IOException e) {
            if (!DiskFull.saysFull(e)) {
                throw e;
            }
        }
    }

    /** Gives everything back. */
    void free() throws IOException {
        Files.deleteIfExists(directory.resolve("filler"));
        Path fillers = directory.resolve("fillers");
        if (Files.isDirectory(fillers)) {
            List<Path> files;
            try (Stream<Path> found = Files.list(fillers)) {
                files = found.toList();
            }
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(fillers);
        }
    }

    /** Mounts it anew, so that nothing can be written, or can again. */
    void remount(String mode) throws IOException {
        if (!MemoryDisk.run("mount", "-o", "remount," + mode, directory.toString())) {
            throw new IOException("The disk at " + directory + " cannot be mounted " + mode);
        }
    }

    @Override
    public void close() throws IOException {
        if (!MemoryDisk.run("umount", directory.toString())) {
            throw new IOException("The disk at " + directory + " cannot be unmounted: something is open on it");
        }
    }
}
