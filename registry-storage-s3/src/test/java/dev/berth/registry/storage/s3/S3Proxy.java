package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** S3Proxy over a directory, as a program of its own, started for this JVM and ended with it. */
final class S3Proxy {
    private static final String ACCESS_KEY = "AKTEST";
    private static final String SECRET_KEY = "SKTESTSKTEST";

    private S3Proxy() {}

    static Gateway get() {
        return Holder.GATEWAY;
    }

    private static final class Holder {
        private static final Gateway GATEWAY = start();

        private static Gateway start() {
            try {
                return startIn(Files.createTempDirectory("berth-s3proxy"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Gateway startIn(Path directory) throws IOException {
            URI endpoint = URI.create("http://127.0.0.1:" + freePort());
            Path objects = Files.createDirectory(directory.resolve("objects"));
            Path configuration = directory.resolve("s3proxy.conf");
            Files.write(
                    configuration,
                    List.of(
                            "s3proxy.endpoint=" + endpoint,
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + ACCESS_KEY,
                            "s3proxy.credential=" + SECRET_KEY,
                            "jclouds.provider=filesystem-nio2",
                            "jclouds.filesystem.basedir=" + objects,
                            "jclouds.identity=x",
                            "jclouds.credential=x"));
            Path log = directory.resolve("log");
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx512m",
                    "-Dlogback.configurationFile="
                            + Path.of("src/test/resources/s3proxy-logback.xml").toAbsolutePath(),
                    "-cp",
                    Files.readString(Path.of("target", "s3proxy.classpath")).strip(),
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    configuration.toString());
            // The names of its files are keys.
            builder.environment().put("LC_ALL", "C.UTF-8");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process, directory)));
            awaitStart(endpoint, process, log);
            return Gateway.withNewBucket(endpoint, ACCESS_KEY, SECRET_KEY);
        }

        private static void awaitStart(URI endpoint, Process process, Path log) throws IOException {
            long giveUp = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
            while (true) {
                try {
                    HttpURLConnection connection =
                            (HttpURLConnection) endpoint.toURL().openConnection();
                    connection.getResponseCode();
                    return;
                } catch (IOException e) {
                    if (!process.isAlive() || System.nanoTime() > giveUp) {
                        throw new IOException("S3Proxy did not start: " + Files.readString(log), e);
                    }
                    Thread.onSpinWait();
                }
            }
        }

        private static void stop(Process process, Path directory) {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
                deleteTree(directory);
            } catch (IOException | InterruptedException e) {
                System.err.println("S3Proxy's directory " + directory + " could not be removed: " + e);
            }
        }

        private static void deleteTree(Path directory) throws IOException {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        }

        private static int freePort() throws IOException {
            try (ServerSocket socket = new ServerSocket(0)) {
                return socket.getLocalPort();
            }
        }
    }
}
