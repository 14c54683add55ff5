package dev.berth.registry.server.http1;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread's time at a {@link Poller}, with the buffers that it lends to the connection that it serves. */
final class PollWorker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private final Poller poller;
    private final ConnectionBuffers buffers = new ConnectionBuffers();
    private final Waiter waiter = new Waiter();
    private long ticket;

    PollWorker(Poller poller) {
        this.poller = poller;
    }

    ConnectionBuffers buffers() {
        return buffers;
    }

    Waiter waiter() {
        return waiter;
    }

    long ticket() {
        return ticket;
    }

    /** @param newTicket the state of the poller in which this worker is its owner */
    void ticket(long newTicket) {
        ticket = newTicket;
    }

    /** Lets another thread own the poller, if this one still does, since its request takes long. */
    void leave() {
        poller.leave(ticket);
    }

    /** Forgets the connection that took a turn. */
    void release() {
        try {
            waiter.release();
        } catch (IOException e) {
            log.debug("A channel could not be released", e);
        }
    }

    @Override
    public void run() {
        boolean ended = false;
        try {
            poller.work(this);
            ended = true;
        } finally {
            if (!ended || !poller.keep(this)) {
                close();
            }
        }
    }

    void close() {
        try {
            waiter.close();
        } catch (IOException e) {
            log.debug("A selector could not be closed", e);
        }
    }
}
