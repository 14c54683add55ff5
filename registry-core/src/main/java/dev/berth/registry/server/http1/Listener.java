package dev.berth.registry.server.http1;

import com.google.common.base.Suppliers;
import dev.berth.registry.internal.thread.DaemonThreads;
import dev.berth.registry.server.http1.message.HttpDate;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server's socket while it is open: accepts connections, lets them be served, and ends them. Thread-safe. */
public final class Listener {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 1024;
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(50);
    private static final Duration LAST_MOMENT = Duration.ofSeconds(5);

    private final ServerSocket serverSocket;
    private final Http1Settings setup;
    private final ResponseWriter writer;
    private final Executor executor;
    private final @Nullable Pollers pollers;
    private final Connections connections;
    private final RefusedSockets refused;
    private final Watchdog watchdog;
    private final Thread watchdogThread;
    private final Thread acceptThread;
    private final Supplier<byte[]> overloaded;

    private Listener(ServerSocket serverSocket, Http1Settings setup, Executor executor, @Nullable Pollers pollers) {
        this.serverSocket = serverSocket;
        this.setup = setup;
        this.writer = new ResponseWriter(new HttpDate(setup.clock()));
        this.executor = executor;
        this.pollers = pollers;
        this.connections =
                new Connections(setup.limits().maxConnections(), setup.limits().maxConnectionsPerAddress());
        this.refused = new RefusedSockets(System::nanoTime);
        this.watchdog = new Watchdog(connections, refused, setup);
        this.watchdogThread = DaemonThreads.of(watchdog, "berth-watchdog");
        this.acceptThread = DaemonThreads.of(this::accept, "berth-accept");
        // Created lazily, since the first use of JSON is slow in a new JVM.
        this.overloaded = Suppliers.memoize(this::overloadedResponse);
    }

    /**
     * Opens a socket and starts to accept connections, each of which has a thread for as long as it is open.
     *
     * @param executor runs connections; a client is refused when it rejects one
     * @throws IOException if the address is in use or is not one of this machine
     */
    public static Listener threaded(InetSocketAddress address, Http1Settings setup, Executor executor)
            throws IOException {
        return open(new ServerSocket(), address, setup, executor, null);
    }

    /**
     * Opens a socket and starts to accept connections, which share a few threads while no request takes long. There is
     * no TLS.
     *
     * @param executor has a thread for whatever it is given
     * @throws IOException if the address is in use or is not one of this machine
     */
    public static Listener polled(InetSocketAddress address, Http1Settings setup, Executor executor)
            throws IOException {
        return open(
                ServerSocketChannel.open().socket(),
                address,
                setup,
                executor,
                new Pollers(executor, setup.application()));
    }

    private static Listener open(
            ServerSocket serverSocket,
            InetSocketAddress address,
            Http1Settings setup,
            Executor executor,
            @Nullable Pollers pollers)
            throws IOException {
        try {
            serverSocket.setReuseAddress(true);
            serverSocket.bind(address, BACKLOG);
            Listener listener = new Listener(serverSocket, setup, executor, pollers);
            if (pollers != null) {
                pollers.start();
            }
            listener.acceptThread.start();
            listener.watchdogThread.start();
            return listener;
        } catch (IOException | RuntimeException e) {
            serverSocket.close();
            throw e;
        }
    }

    /** Returns the address on which the socket listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) serverSocket.getLocalSocketAddress();
    }

    private void accept() {
        while (!serverSocket.isClosed()) {
            try {
                serve(serverSocket.accept());
            } catch (SocketException | ClosedChannelException e) {
                if (!serverSocket.isClosed()) {
                    pauseAfter(e);
                }
            } catch (IOException | RuntimeException | Error e) {
                setup.application().failed(e);
                pauseAfter(e);
            }
        }
    }

    /**
     * Waits before the next attempt: most likely no more files can be opened, or memory is short, and retrying at once
     * would only use up the processor. The accepting thread never ends while the socket is open.
     */
    private static void pauseAfter(Throwable e) {
        LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
        try {
            log.error("A connection could not be accepted", e);
        } catch (OutOfMemoryError again) {
            // There is no memory for the message either.
            return;
        }
    }

    private void serve(Socket socket) throws IOException {
        if (pollers != null) {
            serve(socket, pollers.next());
            return;
        }
        Connection connection = Connection.threaded(socket, setup, writer, System::nanoTime, connections::remove);
        if (!connections.add(connection)) {
            refuse(connection, socket);
            return;
        }
        try {
            executor.execute(connection);
        } catch (RejectedExecutionException e) {
            turnAway(connection, socket);
            // The next one finds a thread.
            connections.endLongestWaiting();
        } catch (RuntimeException | Error e) {
            // A JVM reports a thread that cannot be created as a lack of memory.
            turnAway(connection, socket);
            log.error("A client was refused because there is no thread to serve it: {}", e.toString());
        }
    }

    private void serve(Socket socket, Poller poller) throws IOException {
        Connection connection = Connection.polled(socket, poller, setup, writer, System::nanoTime, connections::remove);
        if (connections.add(connection)) {
            socket.getChannel().configureBlocking(false);
            poller.call(connection);
        } else {
            refuse(connection, socket);
        }
    }

    private void turnAway(Connection connection, Socket socket) {
        connections.remove(connection);
        refuse(connection, socket);
    }

    private void refuse(Connection connection, Socket socket) {
        refused.refuse(socket, overloaded.get());
        setup.application().connectionRefused(connection.client());
    }

    /** The response for a client that is refused; empty if it would have to be encrypted. */
    private byte[] overloadedResponse() {
        if (setup.secure()) {
            return new byte[0];
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Http1Response response = setup.application().overloaded()) {
            StringBuilder head = new StringBuilder("HTTP/1.1 503 Service Unavailable\r\n");
            response.forEachHeader((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            head.append("Connection: close\r\nContent-Length: ")
                    .append(response.contentLength().orElse(0))
                    .append("\r\n\r\n");
            bytes.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
            response.writeTo(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory could not be written to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Accepts no more connections, closes idle ones, lets the others finish their exchange, and cuts those that are not
     * done in time.
     *
     * @param grace how long exchanges may take to finish
     * @return whether all finished in time
     * @throws InterruptedException if the thread is interrupted while it waits; all connections are cut then
     */
    public boolean stop(Duration grace) throws InterruptedException {
        try {
            serverSocket.close();
        } catch (IOException e) {
            log.warn("The server's socket could not be closed", e);
        }
        // A connection that is being accepted is refused, since nothing else would close it.
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
        boolean ended = connections.awaitNone(LAST_MOMENT.toNanos());
        if (pollers != null) {
            pollers.stop();
        }
        return ended && finished;
    }
}
