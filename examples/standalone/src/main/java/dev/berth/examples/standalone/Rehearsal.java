package dev.berth.examples.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Serves each kind of request once, and ends. The build runs it to find out which classes belong into the archive with which
 * {@code bin/berth} starts faster. It uses nothing else, since the memory of a process has all of its archive:
 *
 * <pre>{@code
 * java -XX:ArchiveClassesAtExit=berth.jsa -cp berth.jar dev.berth.examples.standalone.Rehearsal DIRECTORY
 * }</pre>
 */
final class Rehearsal {
    private static final Pattern PORT = Pattern.compile(":(\\d+)/");
    private static final Pattern LOCATION = Pattern.compile("(?mi)^location: *(\\S+)");
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);

    private final int port;

    private Rehearsal(int port) {
        this.port = port;
    }

    /**
     * Serves from a new directory, and ends the process.
     *
     * @param arguments the new directory
     */
    public static void main(String[] arguments) {
        PrintStream errors = System.err;
        try {
            rehearse(Path.of(arguments[0]));
        } catch (IOException | RuntimeException e) {
            errors.println("The rehearsal has failed: " + e);
            // Without an archive.
            Runtime.getRuntime().halt(1);
        }
        System.exit(0);
    }

    private static void rehearse(Path parent) throws IOException {
        Path directory = Files.createDirectories(parent);
        PrintStream nothing = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        System.setErr(nothing);
        Rehearsal served = new Rehearsal(serve(nothing, directory));
        served.push();
        served.pull();
    }

    /** Starts a registry and returns its port. */
    private static int serve(PrintStream next, Path storage) throws IOException {
        String[] arguments = {"serve", "--listen", "127.0.0.1:0", "--storage", storage.toString()};
        try (PipedInputStream printed = new PipedInputStream(8192);
                BufferedReader lines = new BufferedReader(new InputStreamReader(printed, StandardCharsets.UTF_8))) {
            System.setOut(new PrintStream(new PipedOutputStream(printed), true, StandardCharsets.UTF_8));
            Thread server = new Thread(() -> Berth.run(arguments), "rehearsal");
            server.setDaemon(true);
            server.start();
            Matcher port = PORT.matcher(String.valueOf(lines.readLine()));
            System.setOut(next);
            if (!port.find()) {
                throw new IOException("The registry has not started");
            }
            return Integer.parseInt(port.group(1));
        }
    }

    private void push() throws IOException {
        String digest = digest(CONFIG);
        String location = location(expect(202, "POST", "/v2/rehearsal/app/blobs/uploads/", "", new byte[0]));
        location = location(expect(202, "PATCH", location, "application/octet-stream", CONFIG));
        String separator = location.indexOf('?') < 0 ? "?" : "&";
        expect(201, "PUT", location + separator + "digest=" + digest, "", new byte[0]);
        expect(201, "POST", "/v2/rehearsal/more/blobs/uploads/?digest=" + digest, "application/octet-stream", CONFIG);
        expect(
                201,
                "POST",
                "/v2/rehearsal/third/blobs/uploads/?mount=" + digest + "&from=rehearsal/app",
                "",
                new byte[0]);
        expect(201, "PUT", "/v2/rehearsal/app/manifests/1", MANIFEST, manifest());
        expect(400, "PUT", "/v2/rehearsal/app/manifests/2", MANIFEST, CONFIG);
    }

    private void pull() throws IOException {
        String digest = digest(CONFIG);
        for (String method : List.of("HEAD", "GET")) {
            expect(200, method, "/v2/", "", new byte[0]);
            expect(200, method, "/v2/rehearsal/app/manifests/1", "", new byte[0]);
            expect(200, method, "/v2/rehearsal/app/manifests/" + digest(manifest()), "", new byte[0]);
            expect(404, method, "/v2/rehearsal/app/manifests/2", "", new byte[0]);
            expect(200, method, "/v2/rehearsal/app/blobs/" + digest, "", new byte[0]);
        }
        expect(200, "GET", "/v2/rehearsal/app/tags/list?n=100", "", new byte[0]);
        expect(200, "GET", "/v2/rehearsal/app/referrers/" + digest, "", new byte[0]);
        expect(200, "GET", "/v2/_catalog", "", new byte[0]);
        expect(405, "DELETE", "/v2/rehearsal/app/manifests/1", "", new byte[0]);
    }

    private static byte[] manifest() {
        return String.format(
                        Locale.ROOT,
                        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":{\"mediaType\":"
                                + "\"application/vnd.oci.image.config.v1+json\",\"digest\":\"%s\",\"size\":%d},\"layers\":[]}",
                        MANIFEST,
                        digest(CONFIG),
                        CONFIG.length)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(byte[] content) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String location(String head) throws IOException {
        Matcher field = LOCATION.matcher(head);
        if (!field.find()) {
            throw new IOException("There is no Location in " + head);
        }
        return field.group(1);
    }

    /** Sends a request over a connection of its own, so that no client is archived. */
    private String expect(int status, String method, String path, String mediaType, byte[] body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(LOOPBACK), port)) {
            String type = mediaType.isEmpty() ? "" : "Content-Type: " + mediaType + "\r\n";
            socket.getOutputStream()
                    .write((method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + type
                                    + "Content-Length: " + body.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            if (!answer.startsWith("HTTP/1.1 " + status + " ")) {
                throw new IOException(method + " " + path + " was answered " + answer);
            }
            return answer;
        }
    }
}
