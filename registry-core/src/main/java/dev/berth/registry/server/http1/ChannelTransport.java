package dev.berth.registry.server.http1;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A channel that a {@link Poller} watches. A thread that has to wait within a request leaves the poller before. An
 * interrupt, which would close the channel, is ignored.
 */
final class ChannelTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    /** The JDK keeps a copy of this size for each thread. */
    private static final int LARGEST_TRANSFER = 64 * 1024;

    private final SocketChannel channel;
    private final ConnectionTimer timer;
    private final Runnable whenClosed;
    private volatile @Nullable PollWorker worker;

    /** @param whenClosed called by the thread that closes the channel */
    ChannelTransport(SocketChannel channel, ConnectionTimer timer, Runnable whenClosed) {
        this.channel = channel;
        this.timer = timer;
        this.whenClosed = whenClosed;
    }

    /** The channel is used by this worker from now on. */
    void begin(PollWorker newWorker) {
        worker = newWorker;
    }

    /** The channel is not used any more, until it is ready again. */
    void pause() {
        worker = null;
    }

    @Override
    public void open() throws IOException {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    }

    @Override
    public void mayTakeLong() {
        PollWorker current = worker;
        if (current != null) {
            current.leave();
        }
    }

    @Override
    public List<X509Certificate> certificates() {
        return List.of();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, Math.min(length, LARGEST_TRANSFER));
        int count = transferred(channel.read(buffer));
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = transferred(channel.read(buffer));
        }
        return count;
    }

    @Override
    public int readNow(byte[] target, int offset, int length) throws IOException {
        Thread.interrupted();
        return channel.read(ByteBuffer.wrap(target, offset, Math.min(length, LARGEST_TRANSFER)));
    }

    @Override
    public void write(byte[] head, int headLength, byte[] body, int offset, int length) throws IOException {
        if (length == 0) {
            write(ByteBuffer.wrap(head, 0, headLength));
            return;
        }
        ByteBuffer part = part(body, offset, offset + length);
        if (headLength > 0) {
            write(ByteBuffer.wrap(head, 0, headLength), part);
        }
        write(part);
        while (part.position() < offset + length) {
            part = part(body, part.position(), offset + length);
            write(part);
        }
    }

    private static ByteBuffer part(byte[] body, int begin, int end) {
        return ByteBuffer.wrap(body, begin, Math.min(end - begin, LARGEST_TRANSFER));
    }

    /** Writes all of the first, and what fits of the second. */
    private void write(ByteBuffer first, ByteBuffer second) throws IOException {
        Thread.interrupted();
        ByteBuffer[] both = {first, second};
        transferred((int) channel.write(both));
        while (first.hasRemaining()) {
            await(SelectionKey.OP_WRITE);
            transferred((int) channel.write(both));
        }
    }

    /** Writes all. */
    private void write(ByteBuffer part) throws IOException {
        Thread.interrupted();
        while (part.hasRemaining()) {
            transferred(channel.write(part));
            if (part.hasRemaining()) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private int transferred(int count) {
        if (count > 0) {
            timer.transferred(count);
        }
        return count;
    }

    private void await(int operation) throws IOException {
        PollWorker current = worker;
        if (current == null) {
            throw new IOException("The exchange of this body has ended");
        }
        current.leave();
        timer.beginTransfer();
        try {
            current.waiter().await(channel, operation);
        } finally {
            Thread.interrupted();
            timer.endTransfer(0);
        }
    }

    @Override
    public int available() throws IOException {
        return channel.socket().getInputStream().available();
    }

    @Override
    public void shutdownOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void end() {
        close();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            log.debug("A socket could not be closed", e);
        }
        PollWorker current = worker;
        if (current != null) {
            current.waiter().wakeup();
        }
        whenClosed.run();
    }

    @Override
    public void reset() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            log.trace("A socket was closed before it could be reset", e);
        }
        close();
    }
}
