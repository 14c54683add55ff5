package dev.berth.examples.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One connection with HTTP/1.1, kept open; for one thread. It does as little as a client can. */
final class Connection implements AutoCloseable {
    private static final int LONGEST_LINE = 16_384;
    private static final int READ_TIMEOUT_MILLIS = 60_000;

    private final String host;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    Connection(URI uri) throws IOException {
        host = uri.getAuthority();
        socket = uri.getScheme().equals("https")
                ? Trusting.connect(uri.getHost(), uri.getPort())
                : new Socket(uri.getHost(), uri.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** A response, its body read. */
    static final class Response {
        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        private Response(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = headers;
            this.body = body;
        }

        byte[] body() {
            return body;
        }

        String header(String name) throws IOException {
            String value = headers.get(name.toLowerCase(Locale.ROOT));
            if (value == null) {
                throw new IOException("Status " + status + " without " + name);
            }
            return value;
        }

        Response require(int expected) throws IOException {
            if (status != expected) {
                throw new IOException(
                        "Status " + status + ", not " + expected + ": " + new String(body, StandardCharsets.UTF_8));
            }
            return this;
        }
    }

    Response send(String method, String path, String header, byte[]... body) throws IOException {
        long length = 0;
        for (byte[] part : body) {
            length += part.length;
        }
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + header
                + (body.length == 0 && method.equals("GET") ? "" : "Content-Length: " + length + "\r\n") + "\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.US_ASCII);
        if (body.length == 1 && length < LONGEST_LINE * 2) {
            // Small: one segment more would be one system call more, on both sides.
            byte[] all = Arrays.copyOf(headBytes, headBytes.length + body[0].length);
            System.arraycopy(body[0], 0, all, headBytes.length, body[0].length);
            out.write(all);
        } else {
            out.write(headBytes);
            for (byte[] part : body) {
                out.write(part);
            }
        }
        out.flush();
        return receive();
    }

    private Response receive() throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.split(" ", 3)[1]);
        Map<String, String> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Response(status, headers, body(status, headers));
    }

    private byte[] body(int status, Map<String, String> headers) throws IOException {
        if (status == 204 || status == 304) {
            return new byte[0];
        }
        if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
            return chunks();
        }
        return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().strip(), 16);
            all.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return all.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (line.length() < LONGEST_LINE) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        throw new IOException("A line of more than " + LONGEST_LINE + " bytes");
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
