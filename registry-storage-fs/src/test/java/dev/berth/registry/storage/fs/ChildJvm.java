package dev.berth.registry.storage.fs;

import dev.berth.registry.storage.ObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Another JVM that runs a main class of the tests. Closing it kills it. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildJvm start(Class<?> main, Object... arguments) throws IOException {
        String classPath = Stream.of(main, ObjectStore.class, FileObjectStore.class, Logger.class)
                .map(ChildJvm::origin)
                .distinct()
                .collect(Collectors.joining(System.getProperty("path.separator")));
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Xmx64m",
                                "-cp",
                                classPath,
                                main.getName()),
                        Stream.of(arguments).map(Object::toString))
                .toList();
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    private static String origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    /** Returns the next line that it prints, or null if it has ended. A line that it was killed in does not count. */
    @Nullable String line() {
        StringBuilder line = new StringBuilder();
        try {
            for (int c = output.read(); c >= 0; c = output.read()) {
                if (c == '\n') {
                    return line.toString();
                }
                line.append((char) c);
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it as a power cut would, without any chance to do something, and waits until it is dead. */
    void kill() throws InterruptedException {
        // Process.destroyForcibly would close the stream with what it has printed until now.
        process.toHandle().destroyForcibly();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            throw new AssertionError("The process " + process.pid() + " does not die");
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
