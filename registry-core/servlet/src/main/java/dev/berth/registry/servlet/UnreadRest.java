package dev.berth.registry.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and discards what a client still sends after its response (RFC 9112, section 9.6), within limits. If the
 * connection were closed at once, what arrives later would cause a reset, which may overtake the response: many clients
 * read only when they have sent everything.
 *
 * <p>This is the one place where the servlet is asynchronous: a blocking read of a servlet cannot be limited in time, and
 * a client that announces much and sends nothing would keep a thread.
 */
final class UnreadRest implements ReadListener, AsyncListener {
    private static final Logger log = LoggerFactory.getLogger(RegistryServlet.class);
    private static final long MOST_BYTES = 1024 * 1024;
    private static final long LONGEST_MILLIS = 1000;

    private final AsyncContext context;
    private final ServletInputStream input;
    private final byte[] scratch = new byte[4 * 1024];
    private final AtomicBoolean completed = new AtomicBoolean();
    private long left = MOST_BYTES;

    private UnreadRest(AsyncContext context, ServletInputStream input) {
        this.context = context;
        this.input = input;
    }

    /** Discards the rest of a body whose response was flushed, after the servlet has returned. */
    static void discard(HttpServletRequest request) throws IOException {
        ServletInputStream input = request.getInputStream();
        AsyncContext context = request.startAsync();
        context.setTimeout(LONGEST_MILLIS);
        UnreadRest rest = new UnreadRest(context, input);
        context.addListener(rest);
        input.setReadListener(rest);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (left > 0 && input.isReady()) {
            int read = input.read(scratch, 0, scratch.length);
            if (read < 0) {
                return;
            }
            left -= read;
        }
        if (left <= 0) {
            complete();
        }
    }

    @Override
    public void onAllDataRead() {
        complete();
    }

    @Override
    public void onError(Throwable failure) {
        log.debug("The rest of a body could not be read: {}", failure.toString());
        complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        complete();
    }

    @Override
    public void onError(AsyncEvent event) {
        complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        completed.set(true);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nobody else starts it again.
    }

    private void complete() {
        if (completed.compareAndSet(false, true)) {
            context.complete();
        }
    }
}
