package dev.berth.registry.servlet.clients;

import dev.berth.registry.fixtures.GoProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The program of go-containerregistry, built of what Debian has. */
final class Crane {
    private static final Path PROGRAM = Path.of("target", "crane").toAbsolutePath();

    private Crane() {}

    /** Returns the program, or skips the test where it cannot be built. */
    static synchronized Path build() throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            GoProgram.requireLibrary(
                    "github.com/google/go-containerregistry", "golang-github-google-go-containerregistry-dev");
            GoProgram.build("github.com/google/go-containerregistry/cmd/crane", PROGRAM);
        }
        return PROGRAM;
    }
}
