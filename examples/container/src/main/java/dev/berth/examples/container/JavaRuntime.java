package dev.berth.examples.container;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.spi.ToolProvider;

/**
 * A Java runtime with the modules that Berth needs, made by the {@code jlink} of the JDK that this runs on. The same JDK makes
 * the same files.
 */
final class JavaRuntime {
    /**
     * What {@code jdeps} finds in {@code berth.jar}, without {@code java.desktop}, of which Jackson only looks whether it is
     * there; and elliptic curves, which nothing names.
     */
    static final List<String> MODULES = List.of(
            "java.base",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.security.jgss",
            "java.security.sasl",
            "java.sql",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.management",
            "jdk.net",
            "jdk.unsupported");

    /**
     * The options of {@code bin/berth}, and a heap of half of what the container may have. What JAVA_TOOL_OPTIONS or the command
     * line say outweighs them.
     */
    private static final String OPTIONS =
            "-XX:+UseSerialGC -Xms16m -XX:MaxRAMPercentage=50 -Xlog:disable" + " -Xlog:os*=warning,gc*=warning:stderr";

    private static final String JLINK = "jlink";
    private static final String NO_JLINK = "this Java has no jlink; build with a JDK";

    private JavaRuntime() {}

    /** Returns why no runtime for a container can be made here; nothing if one can. */
    static Optional<String> whatIsMissing() {
        String system = System.getProperty("os.name");
        if (!system.equals("Linux")) {
            return Optional.of("it is made of files of a Linux, and this is " + system);
        }
        return ToolProvider.findFirst(JLINK).isPresent() ? Optional.empty() : Optional.of(NO_JLINK);
    }

    /**
     * Makes the runtime, unless the directory has the one that this JDK makes.
     *
     * @throws IOException with a sentence, if jlink fails
     */
    static void make(Path directory) throws IOException {
        Path stamp = directory.resolveSibling(directory.getFileName() + ".made-by");
        String made = System.getProperty("java.home") + " " + Runtime.version() + " whole " + MODULES + " " + OPTIONS;
        if (Files.isRegularFile(stamp) && Files.readString(stamp).equals(made)) {
            return;
        }
        Files.deleteIfExists(stamp);
        Directories.delete(directory);
        ToolProvider jlink = ToolProvider.findFirst(JLINK).orElseThrow(() -> new IOException(NO_JLINK));
        StringWriter printed = new StringWriter();
        PrintWriter output = new PrintWriter(printed);
        int failed = jlink.run(
                output,
                output,
                "--add-modules=" + String.join(",", MODULES),
                // Nothing is stripped of classes: two runs of jlink do that in two ways, and stack traces lose their
                // lines.
                "--no-header-files",
                "--no-man-pages",
                // The option is taken with a blank at its beginning only.
                "--add-options= " + OPTIONS,
                "--output=" + directory);
        if (failed != 0) {
            throw new IOException(
                    "jlink cannot make a Java runtime: " + printed.toString().strip());
        }
        Files.writeString(stamp, made);
    }
}
