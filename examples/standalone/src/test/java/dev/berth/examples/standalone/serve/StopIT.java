package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM stops berth.jar gracefully. */
class StopIT {
    private static final String PATH = "/v2/team/app/blobs/";

    /** Larger than the socket buffers of the system. */
    private final Content blob = new Content("application/octet-stream", new byte[32_000_000]);

    @TempDir
    Path storage;

    @Test
    void aRunningDownloadFinishesAndNewConnectionsAreRefused() throws IOException, InterruptedException {
        try (BerthProcess berth = BerthCommand.serve(storage)
                        .with("REGISTRY_HTTP_DRAINTIMEOUT", "5m")
                        .start();
                Socket download = pushAndBeginToPull(berth)) {
            InputStream body = download.getInputStream();
            assertThat(body.readNBytes(1000)).hasSize(1000);

            berth.terminate();
            awaitConnectionRefused(berth.port());

            assertThat(berth.isAlive()).isTrue();
            assertThat(readToEnd(body)).isEqualTo(blob.size() - 1000);
            assertThat(berth.awaitExit().err()).doesNotContain("Exception");
        }
    }

    @Test
    void aStalledDownloadDelaysShutdownAtMostByTheDrainTimeout() throws IOException, InterruptedException {
        try (BerthProcess berth = BerthCommand.serve(storage)
                        .with("REGISTRY_HTTP_DRAINTIMEOUT", "1s")
                        .start();
                Socket download = pushAndBeginToPull(berth)) {
            ChildProcess.Outcome outcome = berth.stop();

            assertThat(outcome.err()).doesNotContain("Exception");
            assertThat(readToEnd(download.getInputStream())).isLessThan(blob.size());
        }
    }

    @Test
    void idleConnectionsDoNotDelayShutdown() throws IOException, InterruptedException {
        try (BerthProcess berth = BerthCommand.serve(storage)
                        .with("REGISTRY_HTTP_DRAINTIMEOUT", "1h")
                        .start();
                Socket fresh = new Socket(InetAddress.getLoopbackAddress(), berth.port());
                Socket used = new Socket(InetAddress.getLoopbackAddress(), berth.port())) {
            request(used, "/v2/");
            assertThat(headers(used.getInputStream())).startsWith("HTTP/1.1 200 ");

            berth.stop();

            assertThat(fresh.getInputStream().read()).isEqualTo(-1);
        }
    }

    private Socket pushAndBeginToPull(BerthProcess berth) throws IOException, InterruptedException {
        berth.http().pushBlob("team/app", blob, "sha256");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), berth.port());
        request(socket, PATH + blob.digest());
        assertThat(headers(socket.getInputStream())).startsWith("HTTP/1.1 200 ");
        return socket;
    }

    private static void request(Socket socket, String path) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    private static String headers(InputStream stream) throws IOException {
        StringBuilder headers = new StringBuilder();
        while (headers.indexOf("\r\n\r\n") < 0) {
            int next = stream.read();
            if (next < 0) {
                throw new AssertionError("The response ends in its headers: " + headers);
            }
            headers.append((char) next);
        }
        return headers.toString();
    }

    /** Returns the number of bytes until the end or an error. */
    private static long readToEnd(InputStream body) {
        byte[] buffer = new byte[64 * 1024];
        long count = 0;
        try {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                count += n;
            }
        } catch (IOException e) {
            // The connection was cut.
        }
        return count;
    }

    private static void awaitConnectionRefused(int port) throws IOException {
        long deadline = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
            } catch (ConnectException e) {
                return;
            }
        }
        throw new AssertionError("Connections are still accepted");
    }
}
