package dev.berth.spring;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which a path is sent as it is. */
final class RawRequest implements AutoCloseable {
    private final Socket socket;
    private final String host;

    RawRequest(Application application) throws IOException {
        this.host = application.address();
        this.socket = new Socket("127.0.0.1", application.uri("/").getPort());
    }

    /** Returns all that comes back. */
    String get(String path) throws IOException {
        OutputStream output = socket.getOutputStream();
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
        output.write(request.getBytes(StandardCharsets.ISO_8859_1));
        output.flush();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
