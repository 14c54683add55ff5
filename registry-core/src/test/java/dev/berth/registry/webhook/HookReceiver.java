package dev.berth.registry.webhook;

import dev.berth.registry.client.fixtures.RawServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A receiver of webhooks on a real socket, which answers as a test says. */
final class HookReceiver implements AutoCloseable {
    /** What came: the first line, the header fields by their names in any case, and the body. */
    record Received(String line, Map<String, String> headers, byte[] body) {}

    /** Answers a request. The connection is closed afterwards. */
    @FunctionalInterface
    interface Answer {
        void write(Socket connection) throws IOException, InterruptedException;
    }

    private final RawServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();

    HookReceiver(Answer answer) throws IOException {
        this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), answer);
    }

    HookReceiver(ServerSocket socket, Answer answer) {
        this.server = new RawServer(socket, connection -> {
            received.add(read(connection));
            answer.write(connection);
        });
    }

    /** Returns a receiver with this answer, in which lines end with a line feed only. */
    static HookReceiver answering(String answer) throws IOException {
        return new HookReceiver(connection -> RawServer.send(connection, answer.replace("\n", "\r\n")));
    }

    private static Received read(Socket connection) throws IOException {
        String[] lines = RawServer.readHead(connection).split("\r\n");
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
        }
        int length =
                Integer.parseInt(headers.getOrDefault("content-length", "0").toLowerCase(Locale.ROOT));
        return new Received(lines[0], headers, connection.getInputStream().readNBytes(length));
    }

    List<Received> received() {
        return received;
    }

    /** Returns a URL of this receiver with another host than the one where it listens. */
    URI at(String host) {
        return URI.create("http://" + host + ":" + server.port() + "/hook?a=b");
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
