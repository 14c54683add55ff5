package dev.berth.examples.standalone.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
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
public final class SmallDisk implements AutoCloseable {
    private final Path directory;

    private SmallDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts one, or skips the test. */
    public static SmallDisk need(Path parent, int bytes) throws IOException, InterruptedException {
        Programs.assumeInstalled("mkfs.ext4");
        Path directory = Files.createDirectory(parent.resolve("disk"));
        Path image = parent.resolve("disk.img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(bytes);
        }
        boolean mounted = run("mkfs.ext4", "-q", "-F", "-m", "0", "-b", "4096", "-N", "800", image.toString())
                && run("mount", "-o", "loop", image.toString(), directory.toString());
        assumeTrue(mounted, "only root on Linux can mount a small disk, for which a loop device is needed");
        // Its inode is taken before the others are.
        Files.createFile(directory.resolve("filler"));
        return new SmallDisk(directory);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    public Path directory() {
        return directory;
    }

    /** Fills every free block. */
    public void fillBlocks() throws IOException {
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

    private static void fill(OutputStream output) {
        byte[] block = new byte[4096];
        assertThatIOException()
                .isThrownBy(() -> {
                    while (true) {
                        output.write(block);
                    }
                })
                .withMessageContaining("No space left");
    }

    /** Uses every free inode. */
    public void fillInodes() throws IOException {
        Path fillers = Files.createDirectory(directory.resolve("fillers"));
        try {
            for (int i = 0; ; i++) {
                Files.createFile(fillers.resolve("" + i));
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    /** Gives everything back. */
    public void free() throws IOException {
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

    @Override
    public void close() throws IOException {
        try {
            // As soon as nobody uses it any more: a process that was killed may take a moment.
            assertThat(run("umount", "-l", directory.toString()))
                    .as("unmounted")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
