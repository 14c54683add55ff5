package dev.berth.examples.standalone.programs;

import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An archive of the classes that berth.jar loads (class data sharing). The tests start many JVMs, and with an archive each
 * takes half the CPU time. A training run of a typical command creates it, once per test run.
 */
final class StartupArchive {
    /** A JVM that cannot use the archive must not print a warning. */
    private static final List<String> QUIET = List.of("-Xlog:disable");

    private final Path file;

    private StartupArchive(Path file) {
        this.file = file;
    }

    /** Returns the archive for {@code berth serve}. */
    static StartupArchive ofServer() {
        return Server.ARCHIVE;
    }

    /** Returns the archive for commands over a bucket. */
    static StartupArchive ofBuckets() {
        return Buckets.ARCHIVE;
    }

    /** Returns the archive for all other commands. */
    static StartupArchive ofCommands() {
        return Commands.ARCHIVE;
    }

    /** Returns the options for a JVM that uses this archive. */
    List<String> options() {
        List<String> options = new ArrayList<>(QUIET);
        options.add("-XX:SharedArchiveFile=" + file);
        return options;
    }

    private static StartupArchive create(
            String name, Map<String, String> environment, Training training, String... arguments) {
        try {
            Path file = Files.createTempDirectory("berth-archive").resolve(name + ".jsa");
            file.getParent().toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            List<String> command = new ArrayList<>(List.of(BerthCommand.java(), "-XX:ArchiveClassesAtExit=" + file));
            command.addAll(QUIET);
            command.addAll(List.of("-jar", BerthCommand.jar().toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder = new ProcessBuilder(command);
            BerthCommand.isolate(builder);
            builder.environment().putAll(environment);
            try (ChildProcess process = ChildProcess.start(builder)) {
                training.awaitEnd(process);
            }
            return new StartupArchive(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private interface Training {
        void awaitEnd(ChildProcess process) throws IOException, InterruptedException;
    }

    private static StartupArchive createForServer() {
        return create(
                "server",
                Map.of(),
                process -> BerthProcess.ready(process).stop(),
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--storage",
                "memory:");
    }

    /** Creates an archive that includes the client of the service, by way of a service without buckets. */
    private static StartupArchive createForBuckets() {
        HttpServer service;
        try {
            service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        service.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        service.start();
        try {
            return create(
                    "buckets",
                    Map.of(
                            "REGISTRY_STORAGE_S3_REGIONENDPOINT",
                            "http://127.0.0.1:" + service.getAddress().getPort(),
                            "REGISTRY_STORAGE_S3_ACCESSKEY",
                            "id",
                            "REGISTRY_STORAGE_S3_SECRETKEY",
                            "secret"),
                    ChildProcess::awaitExit,
                    "serve",
                    "--listen",
                    "127.0.0.1:0",
                    "--storage",
                    "s3://missing");
        } finally {
            service.stop(0);
        }
    }

    private static StartupArchive createForCommands() {
        try (TestRegistry registry =
                TestRegistry.builder().image("app:1", TestImages.empty()).start()) {
            return create(
                    "commands",
                    Map.of(),
                    process -> process.awaitExit().successful(),
                    "copy",
                    registry.address() + "/app:1",
                    registry.address() + "/copy:1");
        }
    }

    // Each is created at its first use. The code is not in these classes: their initialisation blocks other threads.

    private static final class Server {
        private static final StartupArchive ARCHIVE = createForServer();
    }

    private static final class Buckets {
        private static final StartupArchive ARCHIVE = createForBuckets();
    }

    private static final class Commands {
        private static final StartupArchive ARCHIVE = createForCommands();
    }
}
