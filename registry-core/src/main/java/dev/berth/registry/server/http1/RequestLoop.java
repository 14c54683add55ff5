package dev.berth.registry.server.http1;

import dev.berth.registry.server.http1.message.MalformedRequestException;
import dev.berth.registry.server.http1.message.RequestHead;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a request of a connection, lets the application handle it, writes the response, and so on. */
final class RequestLoop {
    private static final Logger log = LoggerFactory.getLogger(Listener.class);
    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    /** The unread rest of a body is skipped up to this length, so that the connection can be reused. */
    private static final long SKIPPED_BYTES = 64 * 1024;

    private static final Duration SKIP_TIME = Duration.ofSeconds(10);
    /** How long a connection whose last response is sent may take to close. */
    private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

    private final InetSocketAddress client;
    private final Transport transport;
    private final ConnectionInput input;
    private final ConnectionOutput output;
    private final ConnectionTimer timer;
    private final Http1Settings setup;
    private final ResponseWriter writer;
    private final LongSupplier nanoTime;
    private final HeadReader heads;
    private @Nullable RequestReader reader;

    RequestLoop(
            InetSocketAddress client,
            Transport transport,
            ConnectionInput input,
            ConnectionOutput output,
            ConnectionTimer timer,
            Http1Settings setup,
            ResponseWriter writer,
            LongSupplier nanoTime) {
        this.client = client;
        this.transport = transport;
        this.input = input;
        this.output = output;
        this.timer = timer;
        this.setup = setup;
        this.writer = writer;
        this.nanoTime = nanoTime;
        this.heads = new HeadReader(input, setup.limits());
    }

    /** Begins with the certificates of the client. */
    void open(List<X509Certificate> certificates) {
        ClientConnection connection = new ClientConnection(client, setup.secure(), certificates);
        reader = new RequestReader(input, connection, setup.limits().maxHeaderBytes(), this::askForBody);
    }

    private void askForBody() throws IOException {
        output.write(CONTINUE);
        output.flush();
    }

    /** Waits for a request, serves it, and returns whether there may be another one. */
    boolean serveOne() throws IOException {
        RequestReader.Received received;
        try {
            RequestHead head = heads.read();
            if (head == null || reader == null) {
                return false;
            }
            timer.beginExchange();
            received = reader.read(head);
        } catch (MalformedRequestException e) {
            return refuse(e);
        } catch (IOException e) {
            return isGone(e);
        }
        if (!isQuick(received)) {
            transport.mayTakeLong();
        }
        try (Http1Response response = setup.application().handle(received.request())) {
            return send(received, response);
        } catch (ExchangeAbort e) {
            if (e.isReset()) {
                transport.reset();
            }
            return false;
        } catch (IOException e) {
            return isGone(e);
        }
    }

    /** Returns whether the request needs nothing but a look, most likely. */
    private static boolean isQuick(RequestReader.Received received) {
        String method = received.request().method();
        return received.body().ended() && (method.equals("GET") || method.equals("HEAD"));
    }

    /** Begins to wait for the next request, and returns whether it may come. */
    boolean goesOn() throws IOException {
        timer.awaitRequest(!input.isEmpty());
        // Checked after the connection counts as idle: stopping the server closes connections that are idle by then.
        return !setup.stopping().getAsBoolean();
    }

    /** Ends the connection after its last response. */
    void end() throws IOException {
        if (!input.isEmpty() || transport.available() > 0) {
            // The client is sending more than it should; see LingeringClose.
            linger();
        }
        timer.linger(CLOSE_TIME);
        transport.end();
    }

    private boolean send(RequestReader.Received received, Http1Response response) throws IOException {
        boolean keepAlive = received.keepAlive()
                && !response.endsConnection()
                && received.body().endsWithin(SKIPPED_BYTES)
                && !setup.stopping().getAsBoolean();
        boolean staysOpen;
        try {
            staysOpen = writer.write(output, received.request().method(), received.http11(), keepAlive, response);
        } catch (ExchangeAbort e) {
            output.flush();
            throw e;
        } catch (IOException | RuntimeException e) {
            if (output.failure() == null) {
                log.warn(
                        "The response to {} {} was cut off, since its body could not be read: {}",
                        received.request().method(),
                        path(received.request().target()),
                        e.toString());
                log.debug("The body of a response could not be read", e);
            }
            // No regular end and no other response: the client must see that something is missing.
            transport.reset();
            return false;
        }
        if (!received.body().ended()) {
            if (!staysOpen) {
                linger();
                return false;
            }
            timer.linger(SKIP_TIME);
            received.body().skipRest();
        }
        return staysOpen;
    }

    /** Returns an address without its query, which may hold secrets. */
    private static String path(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Responds to a request that cannot be read, if the client is still there. */
    private boolean refuse(MalformedRequestException failure) throws IOException {
        timer.beginExchange();
        try (Http1Response response = setup.application().refuse(client, heads.protocol(), failure)) {
            writer.write(output, "", false, false, response);
        }
        linger();
        return false;
    }

    /** Returns that there will be no other request. */
    private boolean isGone(Exception failure) {
        log.debug("Client {} is gone: {}", client, failure.toString());
        return false;
    }

    private void linger() throws IOException {
        transport.mayTakeLong();
        new LingeringClose(transport, timer, nanoTime).await(setup.stopping());
    }
}
