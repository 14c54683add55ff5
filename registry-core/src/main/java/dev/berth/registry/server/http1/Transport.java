package dev.berth.registry.server.http1;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The bytes of a connection, both ways. Reports to the {@link ConnectionTimer} for how long it waits for the client.
 * Used by one thread at a time, but for {@link #close()}, {@link #reset()} and {@link #available}.
 */
interface Transport {
    /** Prepares to transfer: the handshake of TLS. */
    void open() throws IOException;

    /** Called before the thread may be occupied for long. */
    void mayTakeLong();

    /** Returns the certificates that the client has proved to own, its own first; none if it was not asked for any. */
    List<X509Certificate> certificates();

    /** Waits for bytes and reads at least one. Returns how many, or -1 at the end of the client's side. */
    int read(byte[] target, int offset, int length) throws IOException;

    /** Reads what has arrived, in a millisecond at most. Returns how many bytes, or -1 at the end; 0 is none yet. */
    int readNow(byte[] target, int offset, int length) throws IOException;

    /** Writes all bytes of a head, from its begin, and of a body. Either may be empty. */
    void write(byte[] head, int headLength, byte[] body, int offset, int length) throws IOException;

    /** Returns how many bytes have arrived and were not read; a part of them, or 0, if that is not known. */
    int available() throws IOException;

    /** Ends the server's side. */
    void shutdownOutput() throws IOException;

    /** Tells the client that nothing follows, as TLS demands, and closes the connection. */
    void end();

    /** Closes the connection at once. */
    void close();

    /** Closes the connection by a reset. */
    void reset();
}
