package dev.berth.examples.standalone.programs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds third-party programs. */
public final class Programs {
    /** Directories of daemons, which are often not in the PATH. */
    private static final List<String> MORE_FOLDERS = List.of("/usr/local/sbin", "/usr/sbin", "/sbin");

    private Programs() {}

    /** Skips the test if a program is not installed. */
    public static void assumeInstalled(String... names) {
        for (String name : names) {
            assumeTrue(find(name).isPresent(), () -> name + " is not installed; install it to run this test");
        }
    }

    public static void assumeRoot() {
        assumeTrue("root".equals(System.getProperty("user.name")), "this test runs as root only");
    }

    public static String path(String name) {
        return find(name)
                .orElseThrow(() -> new AssertionError(name + " is not installed"))
                .toString();
    }

    private static Optional<Path> find(String name) {
        Stream<String> folders = Arrays.stream(
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(File.pathSeparator));
        return Stream.concat(folders, MORE_FOLDERS.stream())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
