package dev.berth.registry.server.http1;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for requests on many connections, and serves them by the thread that waits: its owner. So a short request costs
 * no change of threads. A thread whose request takes long loses the poller to another one: it leaves before it waits for
 * the client or writes to the storage, and otherwise the {@link PollMonitor} takes the poller away. It then ends the
 * request, gives the connection back, and is done.
 *
 * <p>The state counts up by one when the owner begins a request, and when that ends or the owner is replaced. It is odd
 * while a request is served. Whoever raises an odd state has decided who the owner is.
 */
final class Poller {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final long PAUSE_AFTER_FAILURE = TimeUnit.MILLISECONDS.toNanos(50);
    /** If two of so many requests in a row take long, as many are expected to take long as well. */
    private static final int EXPECTED_LONG = 64;

    /** Workers that have ended are used again, with their buffers, up to so many. */
    private static final int MOST_SPARE = 8;

    private static final long NO_ORPHAN = -1;

    private final Selector selector;
    private final Executor executor;
    private final Http1Application application;
    private final PollMonitor monitor;
    private final AtomicLong state = new AtomicLong();
    private final AtomicLong orphan = new AtomicLong(NO_ORPHAN);
    private final AtomicInteger expectedLong = new AtomicInteger();
    private final BlockingQueue<PollWorker> spare = new ArrayBlockingQueue<>(MOST_SPARE);
    private final Queue<Connection> calling = new ConcurrentLinkedQueue<>();
    /** Used by the owner only. */
    private final Queue<Connection> ready = new ArrayDeque<>();

    /** Used by the monitor only. */
    private long lastLong = -2 * (EXPECTED_LONG + 1);

    private volatile @Nullable Thread owner;
    private volatile boolean closed;

    Poller(Executor executor, Http1Application application, PollMonitor monitor) throws IOException {
        this.selector = Selector.open();
        this.executor = executor;
        this.application = application;
        this.monitor = monitor;
    }

    void start() {
        hire(state.get());
    }

    /** Stops to wait. All connections have ended. */
    void close() {
        closed = true;
        selector.wakeup();
    }

    /** Lets a connection take a turn soon: it is new, or was closed. Called by any thread. */
    void call(Connection connection) {
        calling.add(connection);
        selector.wakeup();
    }

    /** Waits for bytes on a channel from now on, for a connection. Called by any thread. */
    SelectionKey watch(SocketChannel channel, Connection connection) throws IOException {
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ, connection);
        selector.wakeup();
        return key;
    }

    /** Notices what other threads have changed. */
    void wakeup() {
        selector.wakeup();
    }

    /** Returns the state, see above. */
    long state() {
        return state.get();
    }

    /** Replaces the owner if its request is still the one of this state. */
    void takeOver(long odd) {
        if (state.compareAndSet(odd, odd + 1)) {
            if (odd - lastLong <= 2 * (EXPECTED_LONG + 1)) {
                expectedLong.set(EXPECTED_LONG);
            }
            lastLong = odd;
            hire(odd + 1);
        }
    }

    /** Returns whether the owner's thread waits for another one. */
    boolean isOwnerWaiting() {
        Thread thread = owner;
        return thread != null && thread.getState() != Thread.State.RUNNABLE;
    }

    /** Tries again to find a thread, if there was none. */
    void hireForOrphan() {
        long ticket = orphan.getAndSet(NO_ORPHAN);
        if (ticket != NO_ORPHAN) {
            hire(ticket);
        }
    }

    void leave(long ticket) {
        if (state.compareAndSet(ticket + 1, ticket + 2)) {
            hire(ticket + 2);
        }
    }

    private void hire(long ticket) {
        PollWorker worker = spare.poll();
        try {
            if (worker == null) {
                worker = new PollWorker(this);
            }
            worker.ticket(ticket);
            executor.execute(worker);
        } catch (RuntimeException | Error e) {
            if (worker != null && !keep(worker)) {
                worker.close();
            }
            // A JVM reports a thread that cannot be created as a lack of memory.
            orphan.set(ticket);
            monitor.wakeup();
            if (!closed) {
                log.error("There is no thread to serve requests: {}", e.toString());
            }
        }
    }

    /** Keeps a worker that has ended for the next time, and returns whether there is room. */
    boolean keep(PollWorker worker) {
        // Whoever closes the poller takes those that he finds.
        return spare.offer(worker) && !(closed && spare.remove(worker));
    }

    /** Serves requests until another thread owns this poller. */
    void work(PollWorker worker) {
        owner = Thread.currentThread();
        while (!closed) {
            Connection connection = next();
            if (connection == null) {
                continue;
            }
            long busy = worker.ticket() + 1;
            state.set(busy);
            monitor.wakeup();
            if (expectedLong.get() > 0) {
                expectedLong.decrementAndGet();
                worker.leave();
            }
            connection.takeTurn(worker);
            if (!state.compareAndSet(busy, busy + 1)) {
                return;
            }
            worker.ticket(busy + 1);
        }
        for (PollWorker one = spare.poll(); one != null; one = spare.poll()) {
            one.close();
        }
        closeSelector();
    }

    private Connection next() {
        try {
            if (ready.isEmpty()) {
                if (calling.isEmpty()) {
                    selector.select(key -> ready.add((Connection) key.attachment()));
                } else {
                    // Those that call can be so many that others would never be served.
                    selector.selectNow(key -> ready.add((Connection) key.attachment()));
                }
                for (Connection one = calling.poll(); one != null; one = calling.poll()) {
                    ready.add(one);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            application.failed(e);
            log.error("Requests cannot be awaited", e);
            LockSupport.parkNanos(PAUSE_AFTER_FAILURE);
        }
        return ready.poll();
    }

    private void closeSelector() {
        try {
            selector.close();
        } catch (IOException e) {
            log.debug("A selector could not be closed", e);
        }
    }
}
