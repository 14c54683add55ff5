package dev.berth.registry.server.http1;

import dev.berth.registry.server.http1.message.MalformedRequestException;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What serves the requests of a {@link Listener}. Thread-safe. */
public interface Http1Application {

    /**
     * Returns the response to a request. The connection writes and closes it.
     *
     * @throws ExchangeAbort if the connection is to be ended without a response
     * @throws IOException if the client is gone
     */
    Http1Response handle(Http1Request request) throws IOException;

    /**
     * Returns the response to a request that could not be read.
     *
     * @param protocol the version of HTTP, such as {@code HTTP/1.1}; empty if not even that could be read
     */
    Http1Response refuse(InetSocketAddress client, String protocol, MalformedRequestException failure);

    /** Returns the response for a client that is refused because there are too many connections. */
    Http1Response overloaded();

    /** Called when a thread of the listener or of a connection runs into an error, before it is logged. */
    void failed(Throwable failure);

    /** Called when a connection is opened. */
    void connectionOpened(InetSocketAddress client);

    /** Called when a connection that was opened has ended. */
    void connectionClosed(InetSocketAddress client);

    /** Called when a client is refused because there are too many connections or threads. */
    void connectionRefused(InetSocketAddress client);
}
