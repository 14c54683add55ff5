package dev.berth.registry.storage.fs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The bytes of uploads are not synced, so those of before a crash of the system may be anything. All uploads are dropped
 * when the system has been started since they were made: their clients start new ones.
 */
final class UploadsOfBoot {
    private static final String BOOT = ".boot";
    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final Path directory;
    private final FileModes modes;

    UploadsOfBoot(Path directory, FileModes modes) {
        this.directory = directory;
        this.modes = modes;
    }

    /** Called by the owner of the directory before it takes uploads. */
    void dropThoseOfEarlierBoots() throws IOException {
        String now = currentBoot();
        Path file = directory.resolve(BOOT);
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !now.isEmpty()
                && Files.readString(file).equals(now)) {
            return;
        }
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            empty(directory);
        } else {
            modes.createDirectory(directory);
        }
        Files.writeString(modes.createFile(file), now, StandardCharsets.US_ASCII);
    }

    /** Returns what identifies the run of the system; empty where that is not known. */
    private static String currentBoot() {
        try {
            return Files.readString(LINUX_BOOT_ID).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static void empty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    empty(entry);
                }
                Files.delete(entry);
            }
        }
    }
}
