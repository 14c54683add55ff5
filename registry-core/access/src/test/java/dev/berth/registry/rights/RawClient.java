package dev.berth.registry.rights;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A connection on which requests are written as they are, however malformed. Connects again when the server has closed. */
final class RawClient implements Closeable {
    private static final int TIMEOUT_MILLIS = 20_000;

    private final URI server;
    private Socket socket;
    private InputStream input;

    RawClient(URI server) {
        this.server = server;
    }

    private void connect() throws IOException {
        if (socket == null) {
            socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            input = new BufferedInputStream(socket.getInputStream());
        }
    }

    /** Sends a request: a request line, further lines without {@code Host} and length, and a body. */
    Answer send(String requestLine, List<String> fields, byte[] body) throws IOException {
        StringBuilder head = new StringBuilder(requestLine + "\r\nHost: " + server.getAuthority() + "\r\n");
        fields.forEach(field -> head.append(field).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.write(body);
        return exchange(bytes.toByteArray(), requestLine.startsWith("HEAD "));
    }

    private Answer exchange(byte[] request, boolean head) throws IOException {
        connect();
        socket.getOutputStream().write(request);
        int status = Integer.parseInt(line().split(" ")[1]);
        List<String> fields = new ArrayList<>();
        int length = 0;
        boolean close = false;
        for (String field = line(); !field.isEmpty(); field = line()) {
            String lower = field.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length =
                        Integer.parseInt(lower.substring(lower.indexOf(':') + 1).strip());
            }
            close |= lower.startsWith("connection:") && lower.contains("close");
            if (!lower.startsWith("date:")) {
                fields.add(field);
            }
        }
        byte[] body = head ? new byte[0] : input.readNBytes(length);
        if (close) {
            close();
        }
        return new Answer(status, String.join("\n", fields), new String(body, StandardCharsets.UTF_8));
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new EOFException("The server has closed the connection");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
