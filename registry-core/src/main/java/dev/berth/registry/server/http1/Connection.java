package dev.berth.registry.server.http1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection. Either it has a thread, which {@link #run() runs} it, or a {@link Poller} lets it take turns on
 * threads that it shares with others.
 */
final class Connection implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private enum Turn {
        /** Waits for the next turn. */
        AWAITED,
        /** Is used by a thread. */
        TAKEN,
        /** There will be no more. */
        ENDED
    }

    private final InetSocketAddress client;
    private final Http1Settings setup;
    private final ConnectionTimer timer;
    private final Transport transport;
    private final ConnectionInput input;
    private final ConnectionOutput output;
    private final RequestLoop requests;
    private final Consumer<Connection> whenEnded;
    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.AWAITED);

    private final @Nullable Poller poller;
    private final @Nullable SocketChannel channel;
    private volatile @Nullable SelectionKey key;
    private boolean opened;

    private Connection(
            Socket socket,
            @Nullable Poller poller,
            Http1Settings setup,
            ResponseWriter writer,
            LongSupplier nanoTime,
            Consumer<Connection> whenEnded) {
        this.client = (InetSocketAddress) socket.getRemoteSocketAddress();
        this.setup = setup;
        this.poller = poller;
        this.channel = poller == null ? null : socket.getChannel();
        this.timer = new ConnectionTimer(setup.limits(), nanoTime);
        this.transport = channel == null
                ? new SocketTransport(socket, setup.security(), timer)
                : new ChannelTransport(channel, timer, this::channelClosed);
        this.input = new ConnectionInput(transport, timer);
        this.output = new ConnectionOutput(transport);
        this.requests = new RequestLoop(client, transport, input, output, timer, setup, writer, nanoTime);
        this.whenEnded = whenEnded;
    }

    /** Creates a connection that {@link #run() runs} on one thread. */
    static Connection threaded(
            Socket socket,
            Http1Settings setup,
            ResponseWriter writer,
            LongSupplier nanoTime,
            Consumer<Connection> whenEnded) {
        return new Connection(socket, null, setup, writer, nanoTime, whenEnded);
    }

    /**
     * Creates a connection that takes turns at a poller.
     *
     * @param socket the socket of a channel that does not block
     */
    static Connection polled(
            Socket socket,
            Poller poller,
            Http1Settings setup,
            ResponseWriter writer,
            LongSupplier nanoTime,
            Consumer<Connection> whenEnded) {
        return new Connection(socket, poller, setup, writer, nanoTime, whenEnded);
    }

    /** Returns the client's end of the socket. */
    InetSocketAddress client() {
        return client;
    }

    ConnectionTimer timer() {
        return timer;
    }

    /** Ends the connection, from any thread: by a reset if an exchange is in progress. */
    void cut() {
        if (timer.closeAndTellIfBusy()) {
            transport.reset();
        } else {
            transport.close();
        }
    }

    /** Ends the connection, from any thread, if no exchange is in progress. */
    void cutIfIdle() {
        if (timer.closeIfIdle()) {
            transport.close();
        }
    }

    /**
     * Ends the connection, from any thread, if no request is lost by that: no byte of one has been read, and none has
     * arrived. Returns whether that was so.
     */
    boolean cutIfDispensable() {
        try {
            boolean waits = timer.isDispensable() && (timer.isLingering() || transport.available() == 0);
            if (!waits || !timer.closeIfDispensable()) {
                return false;
            }
        } catch (IOException e) {
            // It is broken, and its thread is about to notice.
            log.trace("A socket has ended", e);
            timer.close();
        }
        transport.close();
        return true;
    }

    @Override
    public void run() {
        try {
            ConnectionBuffers buffers = new ConnectionBuffers();
            guard(() -> {
                input.use(buffers.input);
                output.use(buffers.output);
                open();
                boolean goesOn = true;
                while (goesOn) {
                    goesOn = requests.serveOne() && requests.goesOn();
                }
                requests.end();
                return false;
            });
        } finally {
            end();
        }
    }

    /** Serves the requests that have arrived, on a thread of the poller. Does nothing if another thread does so. */
    void takeTurn(PollWorker worker) {
        if (!turn.compareAndSet(Turn.AWAITED, Turn.TAKEN)) {
            watchNoMore();
            return;
        }
        ChannelTransport used = (ChannelTransport) transport;
        boolean stays = false;
        try {
            used.begin(worker);
            input.use(worker.buffers().input);
            output.use(worker.buffers().output);
            stays = guard(this::serveArrived) && watch();
        } finally {
            input.use(null);
            output.use(null);
            if (!stays) {
                end();
            }
            used.pause();
            worker.release();
        }
        if (stays) {
            turn.set(Turn.AWAITED);
            watchAgain();
            if (!channel().isOpen()) {
                channelClosed();
            }
        }
    }

    private boolean serveArrived() throws IOException {
        open();
        if (input.endsNow()) {
            return false;
        }
        while (!input.isEmpty()) {
            if (!requests.serveOne() || !requests.goesOn()) {
                requests.end();
                return false;
            }
        }
        return true;
    }

    private void open() throws IOException {
        if (!opened) {
            opened = true;
            setup.application().connectionOpened(client);
            transport.open();
            requests.open(transport.certificates());
        }
    }

    private interface Service {
        boolean serve() throws IOException;
    }

    private boolean guard(Service service) {
        try {
            return service.serve();
        } catch (IOException e) {
            log.debug("Connection from {} ended: {}", client, e.toString());
        } catch (RuntimeException | Error e) {
            setup.application().failed(e);
            log.error("Connection from {} ended by an error of the server", client, e);
        }
        return false;
    }

    private void end() {
        turn.set(Turn.ENDED);
        timer.close();
        transport.close();
        if (opened) {
            setup.application().connectionClosed(client);
        }
        whenEnded.accept(this);
    }

    private SocketChannel channel() {
        return Objects.requireNonNull(channel);
    }

    private boolean watch() {
        return guard(() -> {
            if (key == null && poller != null) {
                key = poller.watch(channel(), this);
            }
            return true;
        });
    }

    /** Called after a turn: an owner of the poller may have stopped to watch meanwhile. */
    private void watchAgain() {
        SelectionKey watched = key;
        if (watched != null && poller != null && interest(watched) == 0) {
            setInterest(watched, SelectionKey.OP_READ);
            poller.wakeup();
        }
    }

    /** Called by an owner of the poller when bytes arrive while another thread uses this connection. */
    private void watchNoMore() {
        SelectionKey watched = key;
        if (watched != null) {
            setInterest(watched, 0);
            if (turn.get() == Turn.AWAITED) {
                setInterest(watched, SelectionKey.OP_READ);
            }
        }
    }

    /** Any thread may close the channel at any time, which cancels the key. */
    private static int interest(SelectionKey watched) {
        try {
            return watched.interestOps();
        } catch (CancelledKeyException e) {
            return SelectionKey.OP_READ;
        }
    }

    private static void setInterest(SelectionKey watched, int operations) {
        try {
            watched.interestOps(operations);
        } catch (CancelledKeyException e) {
            log.trace("A channel was closed", e);
        }
    }

    /** The poller closes the channel for good, and a turn notices that. */
    private void channelClosed() {
        if (poller != null && turn.get() == Turn.AWAITED) {
            poller.call(this);
        } else if (poller != null) {
            poller.wakeup();
        }
    }
}
