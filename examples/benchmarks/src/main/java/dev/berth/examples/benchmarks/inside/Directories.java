package dev.berth.examples.benchmarks.inside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories of what JMH measures, in one that the harness removes. */
final class Directories {
    static final String PROPERTY = "berth.benchmarks.directory";

    private Directories() {}

    /** Makes an empty directory. */
    static Path create() throws IOException {
        return Files.createTempDirectory(Path.of(System.getProperty(PROPERTY)), "inside-");
    }
}
