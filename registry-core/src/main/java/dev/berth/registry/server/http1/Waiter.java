package dev.berth.registry.server.http1;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** Lets a thread wait until one channel is ready. Used by one thread at a time, but for {@link #wakeup}. */
final class Waiter {
    private volatile @Nullable Selector selector;
    private @Nullable SelectionKey key;

    /** Waits until the channel is ready for one of these operations, or was closed, or somebody wakes this waiter. */
    void await(SocketChannel channel, int operations) throws IOException {
        Selector opened = open();
        if (!channel.isOpen()) {
            return;
        }
        SelectionKey registered = key;
        if (registered == null) {
            key = channel.register(opened, operations);
        } else {
            registered.interestOps(operations);
        }
        opened.select();
        opened.selectedKeys().clear();
    }

    private Selector open() throws IOException {
        Selector opened = selector;
        if (opened == null) {
            opened = Selector.open();
            selector = opened;
        }
        return opened;
    }

    /** Forgets the channel. One that was closed is not really closed before. */
    void release() throws IOException {
        SelectionKey registered = key;
        Selector opened = selector;
        if (registered != null && opened != null) {
            key = null;
            registered.cancel();
            opened.selectNow();
        }
    }

    /** Ends the current wait, or the next one. */
    void wakeup() {
        Selector opened = selector;
        if (opened != null) {
            opened.wakeup();
        }
    }

    void close() throws IOException {
        Selector opened = selector;
        if (opened != null) {
            opened.close();
        }
    }
}
