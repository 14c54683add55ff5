package dev.berth.registry.server;

import com.google.common.base.Suppliers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's socket while it is open: accepts connections, hands each to a thread, and ends them. */
final class Listener {
    private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);
    private static final int BACKLOG = 1024;
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private final ServerSocket serverSocket;
    private final ServerSetup setup;
    private final Executor executor;
    private final Connections connections;
    private final RefusedSockets refused;
    private final Watchdog watchdog;
    private final Thread watchdogThread;
    private final Thread acceptThread;
    private final Supplier<byte[]> overloaded;

    private Listener(ServerSocket serverSocket, ServerSetup setup, Executor executor) {
        this.serverSocket = serverSocket;
        this.setup = setup;
        this.executor = executor;
        this.connections = new Connections(setup.limits().maxConnections());
        this.refused = new RefusedSockets(System::nanoTime);
        this.watchdog = new Watchdog(connections, refused, setup.limits());
        this.watchdogThread = ConnectionThreads.daemon(watchdog, "berth-watchdog");
        this.acceptThread = ConnectionThreads.daemon(this::accept, "berth-accept");
        // Made when it is needed: the first JSON costs a new JVM more than everything else here.
        this.overloaded = Suppliers.memoize(this::overloadedAnswer);
    }

    /**
     * Opens a socket and begins to accept connections.
     *
     * @param executor runs connections, each for as long as it is open
     * @throws IOException if the address is in use or is not one of this machine
     */
    static Listener open(InetSocketAddress address, ServerSetup setup, Executor executor) throws IOException {
        ServerSocket serverSocket = new ServerSocket();
        try {
            serverSocket.setReuseAddress(true);
            serverSocket.bind(address, BACKLOG);
            Listener listener = new Listener(serverSocket, setup, executor);
            listener.acceptThread.start();
            listener.watchdogThread.start();
            return listener;
        } catch (IOException | RuntimeException e) {
            serverSocket.close();
            throw e;
        }
    }

    InetSocketAddress address() {
        return (InetSocketAddress) serverSocket.getLocalSocketAddress();
    }

    private void accept() {
        while (!serverSocket.isClosed()) {
            try {
                serve(serverSocket.accept());
            } catch (SocketException e) {
                if (!serverSocket.isClosed()) {
                    pauseAfter(e);
                }
            } catch (IOException | RuntimeException | Error e) {
                pauseAfter(e);
            }
        }
    }

    /**
     * Most likely no more files can be opened, or memory is short: trying on without a pause would only burn the
     * processor. Whatever it is, a server whose accepting thread ended would be deaf for good.
     */
    private static void pauseAfter(Throwable e) {
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
        try {
            log.error("A connection could not be accepted", e);
        } catch (OutOfMemoryError again) {
            // Then without a word.
            return;
        }
    }

    private void serve(Socket socket) {
        Connection connection = new Connection(socket, setup, System::nanoTime);
        if (!connections.add(connection)) {
            refused.refuse(socket, overloaded.get());
            return;
        }
        try {
            executor.execute(() -> {
                try {
                    connection.run();
                } finally {
                    connections.remove(connection);
                }
            });
        } catch (RejectedExecutionException e) {
            turnAway(connection, socket);
        } catch (RuntimeException | Error e) {
            // Where threads are limited, a JVM says that memory ran out when the next one cannot be had.
            turnAway(connection, socket);
            log.error("A client was turned away, for there is no thread to serve it: {}", e.toString());
        }
    }

    private void turnAway(Connection connection, Socket socket) {
        connections.remove(connection);
        refused.refuse(socket, overloaded.get());
    }

    /** What is said to a client that comes when there are too many; nothing if it would have to be encrypted. */
    private byte[] overloadedAnswer() {
        if (setup.secure()) {
            return new byte[0];
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RegistryResponse answer = ProtocolErrors.overloaded();
        StringBuilder head = new StringBuilder("HTTP/1.1 503 Service Unavailable\r\n");
        answer.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Connection: close\r\nContent-Length: ")
                .append(answer.body().length().orElse(0))
                .append("\r\n\r\n");
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        try {
            answer.body().writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Accepts no more connections, closes those that idle, lets the others finish what they are doing, and cuts those
     * that are not done in time.
     *
     * @return whether all were done in time
     */
    boolean stop(Duration grace) throws InterruptedException {
        try {
            serverSocket.close();
        } catch (IOException e) {
            log.warn("The server's socket could not be closed", e);
        }
        // One that is being accepted just now is turned away: nobody would end it otherwise.
        connections.close().forEach(Connection::cutIfIdle);
        boolean finished = false;
        try {
            // Until the thread has noticed, the port is not free.
            acceptThread.join(LAST_MOMENT.toMillis());
            finished = connections.awaitNone(grace.toNanos());
        } finally {
            connections.snapshot().forEach(Connection::cut);
            refused.closeAll();
            watchdog.stop(watchdogThread);
        }
        return connections.awaitNone(LAST_MOMENT.toNanos()) && finished;
    }
}
