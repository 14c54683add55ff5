package dev.berth.registry.server.http1;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread's time at a {@link Poller}, with the buffers that it lends to the connection that it serves. */
final class PollWorker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private final Poller poller;
    private final ConnectionBuffers buffers;
    private final Waiter waiter = new Waiter();
    private long ticket;

    /** @param ticket the state of the poller that makes this worker its owner */
    PollWorker(Poller poller, ConnectionBuffers buffers, long ticket) {
        this.poller = poller;
        this.buffers = buffers;
        this.ticket = ticket;
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
        try {
            poller.work(this);
        } finally {
            try {
                waiter.close();
            } catch (IOException e) {
                log.debug("A selector could not be closed", e);
            }
        }
    }
}
