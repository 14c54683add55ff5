package dev.berth.registry.server.http1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection: one thread that reads a request, lets the application handle it, writes the response, and so on. */
final class Connection implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    /** The unread rest of a body is skipped up to this length, so that the connection can be reused. */
    private static final long SKIPPED_BYTES = 64 * 1024;

    private static final Duration SKIP_TIME = Duration.ofSeconds(10);
    /** How long a connection whose last response is sent may take to close. */
    private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

    private final Socket socket;
    private final Http1Settings setup;
    private final ResponseWriter writer;
    private final InetSocketAddress client;
    private final ConnectionTimer timer;
    private final LongSupplier nanoTime;

    Connection(Socket socket, Http1Settings setup, ResponseWriter writer, LongSupplier nanoTime) {
        this.socket = socket;
        this.setup = setup;
        this.writer = writer;
        this.client = (InetSocketAddress) socket.getRemoteSocketAddress();
        this.nanoTime = nanoTime;
        this.timer = new ConnectionTimer(setup.limits(), nanoTime);
    }

    /** Returns the client's end of the socket. */
    InetSocketAddress client() {
        return client;
    }

    ConnectionTimer timer() {
        return timer;
    }

    /** Ends the connection, from any thread: by a reset if an exchange is in progress. */
    void cut() {
        if (timer.closeAndTellIfBusy()) {
            reset(socket);
        } else {
            close(socket);
        }
    }

    /** Ends the connection, from any thread, if no exchange is in progress. */
    void cutIfIdle() {
        if (timer.closeIfIdle()) {
            close(socket);
        }
    }

    /**
     * Ends the connection, from any thread, if no request is lost by that: no byte of one has been read, and none has
     * arrived. Returns whether that was so.
     */
    boolean cutIfDispensable() {
        try {
            boolean waits = timer.isDispensable()
                    && (timer.isLingering() || socket.getInputStream().available() == 0);
            if (!waits || !timer.closeIfDispensable()) {
                return false;
            }
        } catch (IOException e) {
            // It is broken, and its thread is about to notice.
            log.trace("A socket has ended", e);
            timer.close();
        }
        close(socket);
        return true;
    }

    @Override
    public void run() {
        setup.application().connectionOpened(client);
        try (socket) {
            serve();
        } catch (IOException | HttpException e) {
            log.debug("Connection from {} ended: {}", client, e.toString());
        } catch (RuntimeException | Error e) {
            setup.application().failed(e);
            log.error("Connection from {} ended by an error of the server", client, e);
        } finally {
            timer.close();
            setup.application().connectionClosed(client);
        }
    }

    private void serve() throws IOException, HttpException {
        socket.setTcpNoDelay(true);
        StrictRequestParser parser = new StrictRequestParser();
        Http1Connection connection = new Http1Connection(setup.secure() ? "https" : "http", config(), parser);
        TimedSocket timed = openSocket();
        connection.bindTo(timed);
        RequestReader reader = new RequestReader(
                connection, new ClientConnection(client, setup.secure(), certificates(timed.getSocket())));
        boolean goesOn = true;
        while (goesOn && serveOne(connection, timed, reader)) {
            timer.awaitRequest(connection.parser().hasReadAhead());
            // Checked after the connection counts as idle: stopping the server closes connections that are idle by
            // then.
            goesOn = !setup.stopping().getAsBoolean();
        }
        if (timed.getInputStream().available() > 0) {
            // The client is sending more than it should; see LingeringClose.
            linger(timed);
        }
        timer.linger(CLOSE_TIME);
        connection.close();
    }

    private Http1Config config() {
        return Http1Config.custom()
                .setBufferSize(TimedSocket.READ_AHEAD)
                .setMaxLineLength(setup.limits().maxHeaderBytes())
                // HttpCore refuses the field that reaches the limit.
                .setMaxHeaderCount(setup.limits().maxHeaderCount() + 1)
                .build();
    }

    private TimedSocket openSocket() throws IOException {
        int maxHeaderBytes = setup.limits().maxHeaderBytes();
        @Nullable SocketSecurity security = setup.security();
        if (security == null) {
            return new TimedSocket(socket, timer, maxHeaderBytes);
        }
        SSLSocket secured = security.secure(socket);
        secured.startHandshake();
        return new TimedSocket(secured, socket, timer, maxHeaderBytes);
    }

    /** Returns the certificates that the client has proved to own, its own first; none if it was not asked for any. */
    private static List<X509Certificate> certificates(Socket socket) {
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

    /** Serves one request and returns whether there may be another one. */
    private boolean serveOne(Http1Connection connection, TimedSocket timed, RequestReader reader)
            throws IOException, HttpException {
        timed.beginHeaders();
        connection.parser().beginRequest();
        RequestReader.Received received;
        try {
            ClassicHttpRequest head = connection.receiveRequestHeader();
            if (head == null) {
                return false;
            }
            timer.beginExchange();
            received = reader.read(head);
        } catch (HttpException | IOException e) {
            return refuse(connection, timed, e);
        }
        try (Http1Response response = setup.application().handle(received.request())) {
            return send(connection, timed, received, response);
        } catch (ExchangeAbort e) {
            if (e.isReset()) {
                reset(socket);
            }
            return false;
        } catch (IOException e) {
            return isGone(e);
        }
    }

    private boolean send(
            Http1Connection connection, TimedSocket timed, RequestReader.Received received, Http1Response response)
            throws IOException, HttpException {
        boolean keepAlive = received.keepAlive()
                && !response.endsConnection()
                && received.body().endsWithin(SKIPPED_BYTES)
                && !setup.stopping().getAsBoolean();
        boolean staysOpen;
        try {
            staysOpen = writer.write(connection, received.request().method(), received.http11(), keepAlive, response);
        } catch (ExchangeAbort e) {
            connection.flush();
            throw e;
        } catch (IOException | RuntimeException e) {
            if (timed.writeFailure() == null) {
                log.warn(
                        "The response to {} {} was cut off, since its body could not be read: {}",
                        received.request().method(),
                        received.request().target(),
                        e.toString());
                log.debug("The body of a response could not be read", e);
            }
            // No regular end and no other response: the client must see that something is missing.
            connection.close(CloseMode.IMMEDIATE);
            return false;
        }
        if (!received.body().ended()) {
            if (!staysOpen) {
                linger(timed);
                return false;
            }
            timer.linger(SKIP_TIME);
            received.body().skipRest();
        }
        return staysOpen;
    }

    /** Responds to a request that cannot be read, if the client is still there. */
    private boolean refuse(Http1Connection connection, TimedSocket timed, Exception failure)
            throws IOException, HttpException {
        Optional<MalformedRequestException> malformed =
                ProtocolErrors.find(failure, connection.parser().requestLineSeen());
        if (malformed.isEmpty() || timed.writeFailure() != null) {
            return isGone(failure);
        }
        timer.beginExchange();
        try (Http1Response response = setup.application().refuse(client, malformed.get())) {
            writer.write(connection, "", false, false, response);
        }
        linger(timed);
        return false;
    }

    /** Returns that there will be no other request. */
    private boolean isGone(Exception failure) {
        log.debug("Client {} is gone: {}", client, failure.toString());
        return false;
    }

    private void linger(TimedSocket timed) throws IOException {
        new LingeringClose(timed, timer, nanoTime).await(setup.stopping());
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (SocketException e) {
            log.trace("A socket was closed before it could be reset", e);
        }
        close(socket);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            log.debug("A socket could not be closed", e);
        }
    }
}
