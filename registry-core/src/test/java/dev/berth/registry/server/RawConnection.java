package dev.berth.registry.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends exactly the bytes it is told to, and sees exactly what comes back. */
public final class RawConnection implements AutoCloseable {
    /** Longer than anything may take: when it is over, a test has failed. */
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream input;

    public RawConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.input = new BufferedInputStream(socket.getInputStream());
    }

    public static RawConnection to(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        socket.connect(address, PATIENCE_MILLIS);
        return new RawConnection(socket);
    }

    public Socket socket() {
        return socket;
    }

    /** Sends text; each line feed goes out as carriage return and line feed. */
    public RawConnection send(String text) throws IOException {
        return sendBytes(text.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawConnection sendBytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** Tells the server that nothing more will be sent. */
    public RawConnection hangUpSending() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    /** Reads a response that has a body if its header fields say so. */
    public RawResponse read() throws IOException {
        RawResponse head = readHead();
        return new RawResponse(head.status(), head.headers(), readBody(head));
    }

    /** Reads status and header fields. */
    public RawResponse readHead() throws IOException {
        String statusLine = readLine();
        if (!statusLine.startsWith("HTTP/1.1 ")) {
            throw new IOException("This is not a status line: " + statusLine);
        }
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new RawResponse(Integer.parseInt(statusLine.substring(9, 12)), headers, new byte[0]);
    }

    private byte[] readBody(RawResponse head) throws IOException {
        if (head.header("Transfer-Encoding")
                .map(v -> v.toLowerCase(Locale.ROOT))
                .orElse("")
                .equals("chunked")) {
            return readChunks();
        }
        int length = Integer.parseInt(head.header("Content-Length").orElse("0"));
        return readExactly(length);
    }

    public byte[] readExactly(int length) throws IOException {
        byte[] body = input.readNBytes(length);
        if (body.length < length) {
            throw new EOFException("The body ends after " + body.length + " of " + length + " bytes");
        }
        return body;
    }

    private byte[] readChunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(readLine(), 16);
            body.writeBytes(readExactly(size));
            String end = readLine();
            if (!end.isEmpty()) {
                throw new IOException("A chunk does not end where it should: " + end);
            }
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    /** Reads until the server closes the connection in the regular way. */
    public byte[] readToEnd() throws IOException {
        return input.readAllBytes();
    }

    /** Reads until the connection ends in whatever way. */
    public byte[] readUntilBroken() throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            input.transferTo(received);
        } catch (SocketException e) {
            // A reset.
        }
        return received.toByteArray();
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new EOFException("The connection ends here: '" + line + "'");
            }
            line.append((char) c);
        }
        if (line.isEmpty() || line.charAt(line.length() - 1) != '\r') {
            throw new IOException("This line does not end with CR and LF: " + line);
        }
        return line.substring(0, line.length() - 1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
