package dev.berth.registry.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A client of somebody else's. */
final class Skopeo {
    private static final Path PROGRAM = Path.of("/usr/bin/skopeo");

    /**
     * What came of it.
     *
     * @param status 0 if it succeeded
     * @param output everything it printed
     */
    record Run(int status, String output) {}

    private Skopeo() {}

    /** Skips the test where it is not installed. */
    static void requireInstalled() {
        assumeThat(Files.isExecutable(PROGRAM)).as("skopeo is installed").isTrue();
    }

    static Run run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(PROGRAM.toString(), "--insecure-policy"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }
}
