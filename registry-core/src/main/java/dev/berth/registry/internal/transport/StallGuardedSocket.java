package dev.berth.registry.internal.transport;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/** A socket of which another thread can see for how long a write has been under way, and can end it. */
final class StallGuardedSocket extends SocketHolder {
    private static final long NOT = 0;

    private volatile long writingSince = NOT;

    StallGuardedSocket(Socket socket) {
        super(socket);
    }

    StallGuardedSocket(SSLSocket secured, Socket socket) {
        super(secured, socket);
    }

    @Override
    protected OutputStream getOutputStream(Socket socket) throws IOException {
        return new FilterOutputStream(super.getOutputStream(socket)) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                // Never zero, which means that there is no write.
                writingSince = System.nanoTime() | 1;
                try {
                    out.write(bytes, offset, length);
                } finally {
                    writingSince = NOT;
                }
            }
        };
    }

    /** Returns for how long the write that is under way has been; zero if there is none. */
    Duration writingFor() {
        long since = writingSince;
        return since == NOT ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - since));
    }

    /** Returns whether something has come in that is surely an answer: TLS has its own messages. */
    boolean showsAnswer() {
        return getSSLSocket() == null && hasInput();
    }

    /** Returns whether anything has come in. */
    boolean hasInput() {
        try {
            return getBaseSocket().getInputStream().available() > 0;
        } catch (IOException e) {
            // It is closed.
            return false;
        }
    }

    /** Lets the write that is under way fail, and all that follow. What has come in can still be read. */
    void endWrites() {
        try {
            getBaseSocket().shutdownOutput();
        } catch (IOException | UnsupportedOperationException e) {
            close();
        }
    }

    private void close() {
        try {
            getBaseSocket().close();
        } catch (IOException e) {
            // A socket whose closing fails takes no bytes either.
            return;
        }
    }
}
