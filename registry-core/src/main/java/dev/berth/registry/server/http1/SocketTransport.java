package dev.berth.registry.server.http1;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A socket whose thread waits in its reads and writes. */
final class SocketTransport implements Transport {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);

    private final Socket base;
    private final @Nullable SocketSecurity security;
    private final ConnectionTimer timer;
    private Socket socket;
    /** What TLS reads from. */
    private volatile @Nullable RecordSocket records;

    SocketTransport(Socket socket, @Nullable SocketSecurity security, ConnectionTimer timer) {
        this.base = socket;
        this.socket = socket;
        this.security = security;
        this.timer = timer;
    }

    @Override
    public void open() throws IOException {
        base.setTcpNoDelay(true);
        if (security != null) {
            RecordSocket below = new RecordSocket(base);
            records = below;
            SSLSocket secured = security.secure(below);
            socket = secured;
            secured.startHandshake();
            // A client that could renegotiate the keys again and again would use up the processor.
            secured.addHandshakeCompletedListener(again -> close());
        }
    }

    @Override
    public void mayTakeLong() {
        // No other connection needs this thread.
    }

    @Override
    public List<X509Certificate> certificates() {
        if (!(socket instanceof SSLSocket secured)) {
            return List.of();
        }
        try {
            List<X509Certificate> chain = new ArrayList<>();
            for (Certificate certificate : secured.getSession().getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
            return List.copyOf(chain);
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = 0;
        timer.beginTransfer();
        try {
            count = socket.getInputStream().read(target, offset, length);
        } finally {
            timer.endTransfer(count);
        }
        return count;
    }

    @Override
    public int readNow(byte[] target, int offset, int length) throws IOException {
        int before = socket.getSoTimeout();
        socket.setSoTimeout(1);
        try {
            return read(target, offset, length);
        } catch (SocketTimeoutException e) {
            return 0;
        } finally {
            socket.setSoTimeout(before);
        }
    }

    @Override
    public void write(byte[] head, int headLength, byte[] body, int offset, int length) throws IOException {
        if (headLength > 0) {
            write(head, 0, headLength);
        }
        if (length > 0) {
            write(body, offset, length);
        }
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        int count = 0;
        timer.beginTransfer();
        try {
            socket.getOutputStream().write(bytes, offset, length);
            count = length;
        } finally {
            timer.endTransfer(count);
        }
    }

    @Override
    public int available() throws IOException {
        RecordSocket below = records;
        return below == null
                ? base.getInputStream().available()
                : below.getInputStream().available();
    }

    @Override
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void end() {
        close(socket);
    }

    @Override
    public void close() {
        close(base);
    }

    @Override
    public void reset() {
        try {
            base.setSoLinger(true, 0);
        } catch (SocketException e) {
            log.trace("A socket was closed before it could be reset", e);
        }
        close(base);
    }

    private static void close(Socket any) {
        try {
            any.close();
        } catch (IOException e) {
            log.debug("A socket could not be closed", e);
        }
    }
}
