package dev.berth.registry.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection, from its beginning to its end: one thread that reads a request, has it answered, writes the
 * answer, and so on.
 */
final class Connection implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(RegistryServer.class);
    /** What is left of a body that nobody wanted is skipped up to this length, so that the connection can go on. */
    private static final long SKIPPED_BYTES = 64 * 1024;
    /** So much, and so long, is read from a client that was answered before it had sent everything. */
    private static final long LINGER_BYTES = 1024 * 1024;

    private static final Duration LINGER_TIME = Duration.ofSeconds(1);

    private final Socket socket;
    private final ServerSetup setup;
    private final ConnectionWatch watch;

    Connection(Socket socket, ServerSetup setup, LongSupplier nanoTime) {
        this.socket = socket;
        this.setup = setup;
        this.watch = new ConnectionWatch(setup.limits(), nanoTime);
    }

    ConnectionWatch watch() {
        return watch;
    }

    /** Ends the connection, from any thread, and says nothing about it if the client has all its answers. */
    void cut() {
        if (watch.closeAndTellIfBusy()) {
            reset(socket);
        } else {
            close(socket);
        }
    }

    /** Ends the connection, from any thread, if no request is being answered. */
    void cutIfIdle() {
        if (watch.closeIfIdle()) {
            close(socket);
        }
    }

    @Override
    public void run() {
        try (socket) {
            serve();
        } catch (IOException | HttpException e) {
            log.debug("Connection from {} ended: {}", socket.getRemoteSocketAddress(), e.toString());
        } catch (RuntimeException | Error e) {
            log.error("Connection from {} ended by a mistake of the server's", socket.getRemoteSocketAddress(), e);
        } finally {
            watch.close();
        }
    }

    private void serve() throws IOException, HttpException {
        socket.setTcpNoDelay(true);
        StrictRequestParser parser = new StrictRequestParser();
        Http1Connection connection = new Http1Connection(setup.secure() ? "https" : "http", config(), parser);
        WatchedSocket watched = openSocket();
        connection.bindTo(watched);
        RequestReader reader =
                new RequestReader(connection, (InetSocketAddress) socket.getRemoteSocketAddress(), setup.secure());
        boolean goesOn = true;
        while (goesOn && serveOne(connection, watched, reader)) {
            watch.awaitRequest();
            // Asked after the connection counts as idle: whoever stops the server ends those that were idle before.
            goesOn = !setup.stopping().getAsBoolean();
        }
        if (watched.getInputStream().available() > 0) {
            // The client said more than it should have; see there.
            linger(watched);
        }
        watch.linger(LINGER_TIME);
        connection.close();
    }

    private Http1Config config() {
        return Http1Config.custom()
                .setBufferSize(WatchedSocket.READ_AHEAD)
                .setMaxLineLength(setup.limits().maxHeaderBytes())
                // HttpCore counts to the limit, not beyond it.
                .setMaxHeaderCount(setup.limits().maxHeaderCount() + 1)
                .build();
    }

    private WatchedSocket openSocket() throws IOException {
        int maxHeaderBytes = setup.limits().maxHeaderBytes();
        @Nullable TlsOptions tls = setup.tls();
        if (tls == null) {
            return new WatchedSocket(socket, watch, maxHeaderBytes);
        }
        SSLSocket secured = tls.accept(socket);
        secured.startHandshake();
        return new WatchedSocket(secured, socket, watch, maxHeaderBytes);
    }

    /** Serves one request and returns whether there may be another one. */
    private boolean serveOne(Http1Connection connection, WatchedSocket watched, RequestReader reader)
            throws IOException, HttpException {
        watched.beginHeaders();
        connection.parser().beginRequest();
        RequestReader.Received received;
        try {
            ClassicHttpRequest head = connection.receiveRequestHeader();
            if (head == null) {
                return false;
            }
            watch.beginExchange();
            received = reader.read(head);
        } catch (HttpException | IOException e) {
            return refuse(connection, watched, e);
        }
        try (RegistryResponse response = setup.handler().handle(received.request())) {
            return send(connection, watched, received, response);
        } catch (ExchangeAbortedException e) {
            if (e.isReset()) {
                reset(socket);
            }
            return false;
        } catch (IOException e) {
            return isGone(e);
        }
    }

    private boolean send(
            Http1Connection connection,
            WatchedSocket watched,
            RequestReader.Received received,
            RegistryResponse response)
            throws IOException, HttpException {
        boolean keepAlive = received.keepAlive()
                && received.body().endsWithin(SKIPPED_BYTES)
                && !setup.stopping().getAsBoolean();
        boolean staysOpen;
        try {
            staysOpen = setup.writer()
                    .write(connection, received.request().method(), received.http11(), keepAlive, response);
        } catch (ExchangeAbortedException e) {
            connection.flush();
            throw e;
        } catch (IOException | RuntimeException e) {
            if (watched.writeFailure() == null) {
                log.warn(
                        "The answer to {} {} was cut off: its body could not be read",
                        received.request().method(),
                        received.request().path(),
                        e);
            }
            // Neither a proper end nor another answer: the client must see that something is missing.
            connection.close(CloseMode.IMMEDIATE);
            return false;
        }
        if (!received.body().ended()) {
            if (!staysOpen) {
                linger(watched);
                return false;
            }
            received.body().skipRest();
        }
        return staysOpen;
    }

    /** Answers a request that cannot be read, if the client is still there. */
    private boolean refuse(Http1Connection connection, WatchedSocket watched, Exception failure)
            throws IOException, HttpException {
        Optional<RegistryResponse> answer =
                ProtocolErrors.answer(failure, connection.parser().requestLineSeen());
        if (answer.isEmpty() || watched.writeFailure() != null) {
            return isGone(failure);
        }
        watch.beginExchange();
        RegistryResponse response = answer.get();
        setup.writer().write(connection, "", false, false, response);
        setup.observers()
                .tellOfUnreadable(
                        Optional.of((InetSocketAddress) socket.getRemoteSocketAddress()),
                        response.status(),
                        response.body().length().orElse(0));
        linger(watched);
        return false;
    }

    /** Nobody is left to answer; returns that there will be no other request. */
    private boolean isGone(Exception failure) {
        log.debug("Client {} is gone: {}", socket.getRemoteSocketAddress(), failure.toString());
        return false;
    }

    /**
     * Ends a connection whose client may still be sending. If it were closed at once, what arrives then would be
     * answered with a reset, which may overtake the answer.
     */
    private void linger(WatchedSocket watched) throws IOException {
        watch.linger(LINGER_TIME);
        watched.getSocket().shutdownOutput();
        InputStream input = watched.getInputStream();
        byte[] scratch = new byte[8 * 1024];
        long left = LINGER_BYTES;
        int read = 0;
        while (read >= 0 && left > 0) {
            read = input.read(scratch);
            left -= Math.max(0, read);
        }
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
