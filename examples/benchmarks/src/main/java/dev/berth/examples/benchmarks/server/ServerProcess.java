package dev.berth.examples.benchmarks.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** The process of a server. */
public final class ServerProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofSeconds(30);
    private static final int ANSWER_TIMEOUT_MILLIS = 2_000;

    private final ProcessHandle handle;
    private final boolean ours;

    private ServerProcess(ProcessHandle handle, boolean ours) {
        this.handle = handle;
        this.ours = ours;
    }

    /** A process that somebody else started, and ends. */
    static ServerProcess of(long pid) {
        return new ServerProcess(
                ProcessHandle.of(pid).orElseThrow(() -> new IllegalArgumentException("There is no process " + pid)),
                false);
    }

    /** Starts a server and waits until it answers at this address with any status. */
    static Server start(List<String> command, Map<String, String> environment, URI uri, Setting setting)
            throws IOException, InterruptedException {
        Path log = setting.directory().resolveSibling(setting.directory().getFileName() + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        Process process = builder.start();
        ServerProcess started = new ServerProcess(process.toHandle(), true);
        try {
            while (!answers(uri)) {
                Duration waited = Duration.ofNanos(System.nanoTime() - begin);
                if (!process.isAlive() || waited.compareTo(LONGEST_START) > 0) {
                    throw new IOException(String.join(" ", command) + " does not answer: " + Files.readString(log));
                }
                Thread.sleep(1);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            started.close();
            throw e;
        }
        Duration start = Duration.ofNanos(System.nanoTime() - begin);
        return new Server(uri, Optional.of(started), Optional.of(setting.directory()), start);
    }

    /** A port of the loopback address that was free just now. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean answers(URI uri) {
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
            if (uri.getScheme().equals("https")) {
                return true;
            }
            socket.getOutputStream()
                    .write("GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(5), StandardCharsets.US_ASCII).equals("HTTP/");
        } catch (IOException e) {
            return false;
        }
    }

    Usage usage() {
        return Usage.of(handle);
    }

    @Override
    public void close() {
        if (!ours) {
            return;
        }
        List<ProcessHandle> all =
                Stream.concat(Stream.of(handle), handle.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle each : all) {
            try {
                each.onExit().get(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("Process " + each.pid() + " does not end", e);
            }
        }
    }
}
