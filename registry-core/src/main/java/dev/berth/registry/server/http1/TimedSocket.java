package dev.berth.registry.server.http1;

import dev.berth.registry.internal.stream.BulkInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose streams report transfers to a {@link ConnectionTimer}. They also do three things that HttpCore does
 * not: they limit the size of all header fields together; they fail at an unexpected end of the stream, so that a
 * truncated header or chunked body does not look complete; and they record a failure to write to the client.
 */
final class TimedSocket extends SocketHolder {
    /** How much HttpCore reads ahead: so many bytes of a body may be counted as header. */
    static final int READ_AHEAD = 4 * 1024;

    private final ConnectionTimer timer;
    private final int maxHeaderBytes;
    private int headerBytes;
    private @Nullable IOException writeFailure;

    TimedSocket(Socket socket, ConnectionTimer timer, int maxHeaderBytes) {
        super(socket);
        this.timer = timer;
        this.maxHeaderBytes = maxHeaderBytes;
    }

    TimedSocket(SSLSocket socket, Socket baseSocket, ConnectionTimer timer, int maxHeaderBytes) {
        super(socket, baseSocket);
        this.timer = timer;
        this.maxHeaderBytes = maxHeaderBytes;
    }

    /** Called before the header of the next request. */
    void beginHeaders() {
        headerBytes = 0;
    }

    /** Returns how writing to the client failed, or null if it did not. */
    @Nullable IOException writeFailure() {
        return writeFailure;
    }

    @Override
    protected InputStream getInputStream(Socket socket) throws IOException {
        return new Input(socket.getInputStream());
    }

    @Override
    protected OutputStream getOutputStream(Socket socket) throws IOException {
        return new Output(socket.getOutputStream());
    }

    private int arrived(int count) throws IOException {
        if (count < 0) {
            if (timer.isBetweenRequests()) {
                return count;
            }
            throw new ConnectionClosedException("The client hung up in the middle of its request");
        }
        timer.requestBytesArrived();
        if (timer.isReadingHeaders()) {
            headerBytes += count;
            if (headerBytes > maxHeaderBytes + READ_AHEAD) {
                throw new MessageConstraintException("The headers are too large");
            }
        }
        return count;
    }

    private final class Input extends BulkInputStream {
        private final InputStream in;

        Input(InputStream in) {
            this.in = in;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public void close() throws IOException {
            in.close();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int count = 0;
            timer.beginTransfer();
            try {
                count = in.read(buffer, offset, length);
            } finally {
                timer.endTransfer(count);
            }
            return arrived(count);
        }
    }

    private final class Output extends FilterOutputStream {
        Output(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            int count = 0;
            timer.beginTransfer();
            try {
                out.write(buffer, offset, length);
                count = length;
            } catch (IOException e) {
                writeFailure = e;
                throw e;
            } finally {
                timer.endTransfer(count);
            }
        }
    }
}
