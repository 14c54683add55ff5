package dev.berth.examples.standalone.mirror;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The network between a mirror and its upstream registry: a test says what happens to each request. It allows one request
 * per connection, so that what happens to a request happens to no other one.
 */
final class UpstreamProxy implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;
    private static final int BUFFER = 64 * 1024;

    /**
     * What happens to a request.
     *
     * @param status is answered, if it is not 0
     * @param delayMillis how long nothing happens at first
     * @param bytesPerSecond how fast the body of the response comes
     * @param cutAt behind how many bytes of it the connection ends; 0 to send nothing at all
     * @param corruptAt which byte of it is another one
     * @param hangs whether nothing is ever answered
     */
    record Fault(int status, long delayMillis, long bytesPerSecond, long cutAt, long corruptAt, boolean hangs) {
        static Fault none() {
            return new Fault(0, 0, NEVER, NEVER, NEVER, false);
        }

        static Fault status(int status) {
            return new Fault(status, 0, NEVER, NEVER, NEVER, false);
        }

        static Fault hanging() {
            return new Fault(0, 0, NEVER, NEVER, NEVER, true);
        }

        static Fault cutAt(long bytes) {
            return new Fault(0, 0, NEVER, bytes, NEVER, false);
        }

        static Fault corruptAt(long position) {
            return new Fault(0, 0, NEVER, NEVER, position, false);
        }

        Fault throttled(long newBytesPerSecond) {
            return new Fault(status, delayMillis, newBytesPerSecond, cutAt, corruptAt, hangs);
        }

        Fault delayed(long millis) {
            return new Fault(status, millis, bytesPerSecond, cutAt, corruptAt, hangs);
        }
    }

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Long> firstBytes = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Function<String, Fault> faults = request -> Fault.none();

    /** @param upstream the host and the port of the registry */
    UpstreamProxy(String upstream) throws IOException {
        this.target = Integer.parseInt(upstream.substring(upstream.indexOf(':') + 1));
        threads.execute(this::accept);
    }

    /** Sets what happens to a request from now on, by its method and path. */
    void faults(Function<String, Fault> newFaults) {
        faults = newFaults;
    }

    void fault(Fault fault) {
        faults = request -> fault;
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Returns how many requests there were with a method and a part of the path. */
    long count(String method, String part) {
        return requests.stream()
                .filter(line -> line.startsWith(method + " ") && line.contains(part))
                .count();
    }

    /** Returns when the first byte of a body was passed on, by {@link System#nanoTime}. */
    long firstByteAt(String path) {
        return firstBytes.get("GET " + path);
    }

    void forget() {
        requests.clear();
        firstBytes.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> serve(client));
            } catch (IOException e) {
                // Closed.
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = readHead(client.getInputStream());
            if (head.isEmpty()) {
                return;
            }
            String request = head.substring(0, head.indexOf(" HTTP/"));
            requests.add(request);
            Fault fault = faults.apply(request);
            if (fault.hangs) {
                end.await();
            }
            boolean unused = end.await(fault.delayMillis, TimeUnit.MILLISECONDS);
            if (fault.cutAt == 0) {
                return;
            }
            if (fault.status != 0) {
                answer(client, fault.status);
            } else {
                forward(client, head, request, fault);
            }
        } catch (IOException e) {
            // One side has gone.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    private static void answer(Socket client, int status) throws IOException {
        String text = "HTTP/1.1 " + status + " No\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        client.shutdownOutput();
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private void forward(Socket client, String head, String request, Fault fault)
            throws IOException, InterruptedException {
        try (Socket behind = new Socket(InetAddress.getLoopbackAddress(), target)) {
            open.add(behind);
            String closing = head.substring(0, head.length() - 2).replaceAll("(?i)\r\nConnection:[^\r]*", "")
                    + "Connection: close\r\n\r\n";
            behind.getOutputStream().write(closing.getBytes(StandardCharsets.ISO_8859_1));
            String response = readHead(behind.getInputStream());
            client.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
            body(behind.getInputStream(), client.getOutputStream(), request, fault);
            client.shutdownOutput();
            open.remove(behind);
        }
    }

    private void body(InputStream from, OutputStream to, String request, Fault fault)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1024, fault.bytesPerSecond / 100))];
        long start = System.nanoTime();
        long passed = 0;
        for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            if (fault.corruptAt >= passed && fault.corruptAt < passed + count) {
                buffer[(int) (fault.corruptAt - passed)] ^= 1;
            }
            int allowed = (int) Math.min(count, fault.cutAt - passed);
            to.write(buffer, 0, allowed);
            firstBytes.putIfAbsent(request, System.nanoTime());
            passed += allowed;
            if (allowed < count) {
                throw new IOException("The connection is cut for a test");
            }
            if (fault.bytesPerSecond < NEVER) {
                double due = start + 1e9 * passed / fault.bytesPerSecond;
                boolean unused = end.await((long) due - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private static String readHead(InputStream input) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        for (int next = input.read(); next >= 0; next = input.read()) {
            head.write(next);
            matched = next == "\r\n\r\n".charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
            if (matched == 4) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        end.countDown();
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
