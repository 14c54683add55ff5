package dev.berth.registry.servlet;

import dev.berth.registry.RegistryException;
import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.resources.ErrorResponses;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a registry in a servlet container, by whatever version of HTTP the container speaks.
 *
 * <pre>{@code
 * RegistryHandler handler = RegistryServer.builder(registry).build().handler();
 * context.addServlet(new ServletHolder(new RegistryServlet(handler)), "/v2/*");
 * }</pre>
 *
 * <p>The handler is that of a {@link dev.berth.registry.server.RegistryServer} which is not started; its filters,
 * authentication, observers, trusted proxies, and the limits on manifests and on bodies work here too. What concerns
 * sockets is the container's: addresses, TLS, time-outs, sizes of header fields, the number of connections.
 *
 * <p>Docker and most other clients find a registry at {@code /v2/} of a host only, so the servlet belongs into the root
 * context there. Elsewhere it works for clients that take a path, such as {@code RemoteRegistry}.
 *
 * <p>Bodies are streamed. Requests are served by the container's threads, which wait for the client and the storage; only
 * what is left of a request that was refused is read asynchronously, if the servlet may (its registration supports
 * asynchronous processing): at most 1 MiB within a second, then the connection ends. It never asks for parameters, which
 * would read the body. Where the registry wants to end a connection without a response, the client gets the beginning of
 * one.
 *
 * <p>{@link RegistryRequest#isAbandoned()} is known only after reading or writing has failed: servlets cannot ask before.
 * Observers are told of exchanges, and of no connections. Thread-safe.
 *
 * @since 0.1
 */
public final class RegistryServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger log = LoggerFactory.getLogger(RegistryServlet.class);

    private final transient RegistryHandler handler;
    private final transient Mount mount;

    /** Creates a servlet for a registry at {@code /v2/} of its context, whatever pattern the servlet is mapped to. */
    public RegistryServlet(RegistryHandler handler) {
        this(handler, "");
    }

    /**
     * Creates a servlet for a registry below a path of its context.
     *
     * @param path without a slash at its end: at {@code /registry}, the API is {@code /registry/v2/} of the context
     * @throws IllegalArgumentException if the path does not begin with a slash, or ends with one
     */
    public RegistryServlet(RegistryHandler handler, String path) {
        this.handler = Objects.requireNonNull(handler, "handler");
        this.mount = new Mount(Objects.requireNonNull(path, "path"));
    }

    /** Serves a request with any method. */
    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ServletBody body = ServletBody.of(request);
        String prefix = mount.of(request);
        ResponseSender sender = new ResponseSender(request, response, body, prefix);
        try (RegistryResponse answer = respond(request, prefix, body, sender)) {
            sender.send(answer);
        } catch (ExchangeAbortedException e) {
            throw sender.abort(e);
        }
        if (!body.ended()) {
            discardRest(request, body);
        }
    }

    private static void discardRest(HttpServletRequest request, ServletBody body) {
        try {
            if (body.endsWithin(ServletBody.SKIPPED_BYTES)) {
                body.skipRest();
            } else if (body.isSent() && request.isAsyncSupported()) {
                UnreadRest.discard(request);
            }
        } catch (IOException e) {
            // The client is gone, or the container discards it by itself. The response was sent.
            log.debug("The rest of a body could not be read: {}", e.toString());
        }
    }

    private RegistryResponse respond(HttpServletRequest request, String prefix, ServletBody body, ResponseSender sender)
            throws IOException {
        Optional<String> target = Mount.target(prefix, request);
        RegistryRequest read;
        try {
            read = RequestReader.read(request, target.orElse("/"), body, () -> body.failed() || sender.clientGone());
        } catch (IllegalArgumentException e) {
            return ErrorResponses.malformed(400, "The request is malformed: " + e.getMessage());
        }
        if (target.isEmpty()) {
            return ErrorResponses.notFound(read);
        }
        try {
            return handler.handle(read);
        } catch (RegistryException e) {
            return ErrorResponses.of(read, e);
        } catch (RuntimeException e) {
            return ErrorResponses.internal(read, e);
        }
    }
}
