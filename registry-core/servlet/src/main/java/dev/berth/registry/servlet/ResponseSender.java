package dev.berth.registry.servlet;

import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.http1.message.SizedOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the response to one request. */
final class ResponseSender {
    private static final Logger log = LoggerFactory.getLogger(RegistryServlet.class);

    private static final int LARGE = 64 * 1024;

    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ServletBody body;
    private final String prefix;
    private boolean clientGone;

    ResponseSender(HttpServletRequest request, HttpServletResponse response, ServletBody body, String prefix) {
        this.request = request;
        this.response = response;
        this.body = body;
        this.prefix = prefix;
    }

    /** Returns whether it is known that the client is gone. */
    boolean clientGone() {
        return clientGone;
    }

    /**
     * Sends a response.
     *
     * @throws IOException if it could not be sent as a whole: the container then ends the connection
     */
    void send(RegistryResponse answer) throws IOException {
        int status = answer.status();
        boolean mayHaveBody = status != 204 && status != 304;
        response.setStatus(status);
        answer.headers().forEach((name, value) -> {
            if (!isOfTransport(name)) {
                response.addHeader(name, Mount.outward(prefix, name, value));
            }
        });
        OptionalLong length = answer.body().length();
        if (mayHaveBody && length.isPresent()) {
            response.setContentLengthLong(length.getAsLong());
        }
        if (mayHaveBody && length.isEmpty() && isJetty()) {
            // Of a response that is the last one of its connection, Jetty otherwise lets the end of that be the end of
            // the
            // body: a body that was cut off would look complete.
            response.setHeader(WireHeaders.TRANSFER_ENCODING, "chunked");
        }
        boolean last = answer.headers().has(WireHeaders.CONNECTION) || !body.endsWithin(ServletBody.SKIPPED_BYTES);
        // Tomcat does the same as Jetty where the field is set here.
        if (last && Protocol.isHttp1(request) && (!mayHaveBody || length.isPresent())) {
            response.setHeader(WireHeaders.CONNECTION, "close");
        }
        if (mayHaveBody && !request.getMethod().equals("HEAD")) {
            write(answer, length);
        }
        if (!body.ended()) {
            // What is left of the request may take longer than the client should wait.
            response.flushBuffer();
        }
    }

    private boolean isJetty() {
        return Protocol.isHttp11(request)
                && request.getServletContext().getServerInfo().startsWith("jetty/");
    }

    private static boolean isOfTransport(String name) {
        return name.equalsIgnoreCase(WireHeaders.CONTENT_LENGTH)
                || name.equalsIgnoreCase(WireHeaders.TRANSFER_ENCODING)
                || name.equalsIgnoreCase(WireHeaders.CONNECTION)
                || name.equalsIgnoreCase(WireHeaders.DATE);
    }

    private void write(RegistryResponse answer, OptionalLong length) throws IOException {
        if (length.orElse(Long.MAX_VALUE) >= LARGE) {
            // What is written passes through Tomcat in pieces of this size, which are 8 KiB otherwise.
            response.setBufferSize(LARGE);
        }
        ClientOutput output = new ClientOutput(response.getOutputStream());
        try {
            if (length.isPresent()) {
                SizedOutput sized = new SizedOutput(output, length.getAsLong());
                answer.body().writeTo(sized);
                sized.finish();
            } else {
                answer.body().writeTo(output);
            }
        } catch (ExchangeAbortedException e) {
            throw cutOff("The exchange is to end here");
        } catch (IOException | RuntimeException e) {
            if (output.failed()) {
                clientGone = true;
                throw e;
            }
            log.warn(
                    "The response to {} {} was cut off, since its body could not be read: {}",
                    request.getMethod(),
                    request.getRequestURI(),
                    e.toString());
            log.debug("The body of a response could not be read", e);
            throw cutOff("The body of a response could not be read");
        }
    }

    /**
     * Ends the exchange without a response, as far as that can be done: the client gets a status and the beginning of a
     * body, and then the connection ends.
     */
    CutOffException abort(ExchangeAbortedException e) throws IOException {
        if (!response.isCommitted()) {
            response.reset();
            response.setStatus(500);
            response.setContentLengthLong(1);
        }
        return cutOff("The exchange is to end here");
    }

    /** Returns what ends the connection. The client has received the head by then: it can see that something is missing. */
    private CutOffException cutOff(String reason) throws IOException {
        response.flushBuffer();
        return new CutOffException(reason);
    }
}
