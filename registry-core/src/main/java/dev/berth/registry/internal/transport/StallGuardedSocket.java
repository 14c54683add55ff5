package dev.berth.registry.internal.transport;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/** A socket on which another thread can observe how long a write has been blocked, and abort it. */
final class StallGuardedSocket extends SocketHolder {
    private static final long IDLE = 0;

    private volatile long writingSince = IDLE;

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
                // Never zero, which means idle.
                writingSince = System.nanoTime() | 1;
                try {
                    out.write(bytes, offset, length);
                } finally {
                    writingSince = IDLE;
                }
            }
        };
    }

    /** Returns the duration of the write in progress; zero if there is none. */
    Duration writingFor() {
        long since = writingSince;
        return since == IDLE ? Duration.ZERO : Duration.ofNanos(Math.max(0, System.nanoTime() - since));
    }

    /** Returns whether a response has certainly arrived. With TLS that is unknown: input may be a TLS message. */
    boolean hasResponse() {
        return getSSLSocket() == null && hasInput();
    }

    /** Returns whether unread bytes have arrived. */
    boolean hasInput() {
        try {
            return getBaseSocket().getInputStream().available() > 0;
        } catch (IOException e) {
            // The socket is closed.
            return false;
        }
    }

    /** Makes the write in progress fail, and all later ones. Received bytes can still be read. */
    void abortWrites() {
        try {
            getBaseSocket().shutdownOutput();
        } catch (IOException | UnsupportedOperationException e) {
            close();
        }
    }

    /** Closes the socket itself, without a farewell of TLS, which could block. */
    void close() {
        try {
            getBaseSocket().close();
        } catch (IOException e) {
            // A socket that fails to close accepts no bytes either.
            return;
        }
    }
}
