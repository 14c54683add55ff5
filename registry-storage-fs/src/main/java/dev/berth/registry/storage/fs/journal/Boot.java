package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The run of the operating system. */
public final class Boot {
    private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int LONGEST = 36;

    private Boot() {}

    /**
     * Returns what identifies the run of the system and a file in it, or an empty text where that is not known. A file that
     * is where it was written, in the same run, has not been through a power cut. A copy or a snapshot may have.
     */
    public static String place(Path file) {
        String boot = id();
        if (boot.isEmpty()) {
            return "";
        }
        try {
            return boot + "/" + Files.getAttribute(file, "unix:dev") + "/" + Files.getAttribute(file, "unix:ino");
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "";
        }
    }

    /** Returns what identifies it: empty where that is not known. */
    public static String id() {
        try {
            String id = Files.readString(LINUX).strip();
            return id.length() <= LONGEST ? id : "";
        } catch (IOException e) {
            return "";
        }
    }
}
