package dev.berth.examples.standalone.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The image that the build has made. */
record BuiltImage(Path directory, String version) {
    /** A user that no machine has. */
    static final int USER = 65532;

    /** Skips the test if this machine cannot make one. */
    static BuiltImage find() {
        Path directory = Path.of(System.getProperty("berth.container", "target/container"));
        assumeTrue(
                Files.isRegularFile(directory.resolve("berth-image.tar")),
                "there is no container image: this JDK has no jlink, or this is no Linux, or -Dberth.container.skip is set");
        return new BuiltImage(directory, System.getProperty("berth.version", "0.1.0-SNAPSHOT"));
    }

    Path layout() {
        return directory.resolve("oci");
    }

    Path archive() {
        return directory.resolve("berth-image.tar");
    }

    /** Returns its name in an engine that has loaded the archive. */
    String name() {
        return "berth:" + version;
    }

    /** Lets a directory belong to the user of the image. */
    static Path owned(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.setAttribute(directory, "unix:uid", USER);
        Files.setAttribute(directory, "unix:gid", USER);
        return directory;
    }
}
