package dev.berth.registry.metrics;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux tells of this process. */
final class ProcFiles {
    private static final double KIBIBYTE = 1024;

    private final Path status;

    /** @param process the folder of the process */
    ProcFiles(Path process) {
        this.status = process.resolve("status");
    }

    boolean available() {
        return Files.isReadable(status);
    }

    /** Returns how many bytes of the process are in memory, or NaN if that is unknown. */
    double residentBytes() {
        return kibibytes("VmRSS:");
    }

    /** Returns how many bytes of addresses the process has, or NaN if that is unknown. */
    double virtualBytes() {
        return kibibytes("VmSize:");
    }

    private double kibibytes(String field) {
        try {
            for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
                if (line.startsWith(field)) {
                    String number =
                            line.substring(field.length()).replace(" kB", "").trim();
                    return Long.parseLong(number) * KIBIBYTE;
                }
            }
            return Double.NaN;
        } catch (IOException | NumberFormatException e) {
            return Double.NaN;
        }
    }
}
