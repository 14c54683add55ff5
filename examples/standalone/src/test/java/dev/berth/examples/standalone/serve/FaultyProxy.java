package dev.berth.examples.standalone.serve;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/**
 * A proxy of an S3 service that rejects some requests with 503 before it reads their bodies. It allows one request per
 * connection, so that it need not parse what it forwards.
 */
final class FaultyProxy implements AutoCloseable {
    private final URI service;
    private final byte[] refusal;
    private final IntPredicate faulty;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();

    private FaultyProxy(URI service, String code, IntPredicate faulty) throws IOException {
        this.service = service;
        this.refusal = """
                <?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>Not now</Message></Error>""".formatted(code).getBytes(StandardCharsets.UTF_8);
        this.faulty = faulty;
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    /**
     * Starts a proxy.
     *
     * @param code the S3 error code of rejected requests
     * @param faulty decides which requests are rejected, by their number from 1
     */
    static FaultyProxy to(URI service, String code, IntPredicate faulty) throws IOException {
        FaultyProxy proxy = new FaultyProxy(service, code, faulty);
        proxy.threads.submit(proxy::accept);
        return proxy;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** Returns the number of requests received. */
    int requests() {
        return requests.get();
    }

    private Void accept() throws IOException {
        while (true) {
            Socket client = server.accept();
            open.add(client);
            threads.submit(() -> {
                try (client) {
                    serve(client);
                } finally {
                    open.remove(client);
                }
                return null;
            });
        }
    }

    private void serve(Socket client) throws IOException {
        String head = readHead(client.getInputStream());
        if (head.isEmpty()) {
            return;
        }
        if (faulty.test(requests.incrementAndGet())) {
            refuse(client);
            return;
        }
        try (Socket behind = new Socket()) {
            open.add(behind);
            behind.connect(new InetSocketAddress(service.getHost(), service.getPort()));
            behind.getOutputStream().write(closing(head).getBytes(StandardCharsets.ISO_8859_1));
            threads.submit(() -> {
                copy(client.getInputStream(), behind.getOutputStream());
                return null;
            });
            copy(behind.getInputStream(), client.getOutputStream());
            open.remove(behind);
        }
    }

    private static String readHead(InputStream input) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = input.read(); next >= 0; next = input.read()) {
            head.write(next);
            if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    /** Returns the request with {@code Connection: close}. */
    private static String closing(String head) {
        String others = head.replaceAll("(?i)\r\nConnection:[^\r]*", "");
        return others.substring(0, others.length() - 2) + "Connection: close\r\n\r\n";
    }

    private void refuse(Socket client) throws IOException {
        OutputStream output = client.getOutputStream();
        output.write(
                ("HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/xml\r\nConnection: close\r\nContent-Length: "
                                + refusal.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.ISO_8859_1));
        output.write(refusal);
        client.shutdownOutput();
        // Closing a connection with unread data would discard the response.
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
            to.write(buffer, 0, n);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
