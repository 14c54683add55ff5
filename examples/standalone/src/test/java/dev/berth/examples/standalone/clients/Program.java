package dev.berth.examples.standalone.clients;

import dev.berth.examples.standalone.programs.Programs;
import java.io.IOException;
import java.nio.file.Path;

/** A program that needs no daemon. */
enum Program {
    SKOPEO,
    ORAS,
    PODMAN;

    /** Returns the program with a directory for all that it keeps; skips the test where it is not installed. */
    Client in(Path directory) throws IOException, InterruptedException {
        return switch (this) {
            case SKOPEO -> {
                Programs.assumeInstalled("skopeo");
                yield new SkopeoClient(directory);
            }
            case ORAS -> {
                Programs.assumeInstalled("oras");
                yield new OrasClient(directory);
            }
            case PODMAN -> new PodmanClient(directory);
        };
    }
}
