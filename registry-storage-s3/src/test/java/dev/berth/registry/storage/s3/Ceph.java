package dev.berth.registry.storage.s3;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ceph's S3 gateway: the one that {@code BERTH_TEST_S3_ENDPOINT} names, with the keys in {@code BERTH_TEST_S3_ACCESS_KEY}
 * and {@code BERTH_TEST_S3_SECRET_KEY}; or else one that is started for this JVM, where it is installed.
 */
final class Ceph {
    private static final String ACCESS_KEY = "AKTEST";
    private static final String SECRET_KEY = "SKTESTSKTEST";

    private Ceph() {}

    /** Skips the test if there is none. */
    static Gateway require() throws IOException {
        return Holder.find()
                .orElseGet(() -> abort("Ceph's gateway is not installed (apt: radosgw ceph-mon ceph-osd), and"
                        + " BERTH_TEST_S3_ENDPOINT does not name one"));
    }

    /** Returns whether there is one, or one that can be started. */
    static boolean isAvailable() {
        return System.getenv("BERTH_TEST_S3_ENDPOINT") != null || Files.isExecutable(script()) && installed();
    }

    private static Path script() {
        return Path.of("..", ".ci", "radosgw").toAbsolutePath().normalize();
    }

    private static boolean installed() {
        return Stream.of("radosgw", "ceph-mon", "ceph-osd")
                .allMatch(program -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))));
    }

    private static final class Holder {
        private static final Optional<Gateway> GATEWAY = start();

        static Optional<Gateway> find() {
            return GATEWAY;
        }

        private static Optional<Gateway> start() {
            String endpoint = System.getenv("BERTH_TEST_S3_ENDPOINT");
            if (endpoint != null) {
                return Optional.of(Gateway.withNewBucket(
                        URI.create(endpoint),
                        env("BERTH_TEST_S3_ACCESS_KEY", ACCESS_KEY),
                        env("BERTH_TEST_S3_SECRET_KEY", SECRET_KEY)));
            }
            if (!isAvailable()) {
                return Optional.empty();
            }
            try {
                return Optional.of(start(script()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static String env(String name, String otherwise) {
            String value = System.getenv(name);
            return value == null ? otherwise : value;
        }

        private static Gateway start(Path script) throws IOException, InterruptedException {
            Path directory = Files.createTempDirectory("berth-ceph");
            int port = freePort();
            run(script, "start", Integer.toString(port), directory.toString());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    run(script, "stop", directory.toString());
                } catch (IOException | InterruptedException e) {
                    System.err.println("Ceph's gateway in " + directory + " could not be stopped: " + e);
                }
            }));
            return Gateway.withNewBucket(URI.create("http://127.0.0.1:" + port), ACCESS_KEY, SECRET_KEY);
        }

        private static void run(Path script, String... arguments) throws IOException, InterruptedException {
            Path log = Files.createTempFile("berth-ceph", ".log");
            Process process = new ProcessBuilder(Stream.concat(Stream.of(script.toString()), Stream.of(arguments))
                            .toList())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("Ceph's gateway did not " + arguments[0] + ": " + Files.readString(log));
            }
            Files.delete(log);
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }
    }
}
