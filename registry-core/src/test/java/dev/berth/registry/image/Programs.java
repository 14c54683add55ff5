package dev.berth.registry.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs that a machine may lack, in a directory of their own. */
public final class Programs {
    private final Path directory;

    /** Begins to run programs in this directory. */
    public Programs(Path directory) {
        this.directory = directory;
    }

    /** Skips the test where one of these is not installed. */
    public static void require(String... programs) {
        for (String program : programs) {
            boolean found = Arrays.stream(System.getenv("PATH").split(":"))
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
            assumeTrue(found, program + " is not installed");
        }
    }

    /** Runs a program, which must succeed, and returns what it printed. */
    public String run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    /** Runs a program, which must succeed, and returns what it printed. */
    public String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("%s ends", command)
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as("%s: %s", command, printed).isZero();
        return printed;
    }
}
