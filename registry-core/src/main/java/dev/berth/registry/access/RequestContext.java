package dev.berth.registry.access;

import dev.berth.registry.event.EventContext;
import dev.berth.registry.server.RegistryRequest;
import java.util.Optional;

/**
 * Makes the {@link EventContext} of a request: who makes it, its id and method, from where and with what, and by which
 * name the client knows the server. Behind {@linkplain dev.berth.registry.server.TrustedProxies trusted proxies}, address,
 * host and TLS are those that the proxies state.
 *
 * <p>For a {@link dev.berth.registry.server.RegistryResolver}, which is called after the caller is known:
 *
 * <pre>{@code
 * EventContext process = EventContext.builder().instance("registry-1").build();
 * RegistryResolver resolver =
 *     (caller, access, request) -> Observed.of(registry, RequestContext.of(process, request), sink);
 * }</pre>
 *
 * @since 0.1
 */
public final class RequestContext {
    /**
     * The largest number of characters of what a client says of itself. Each event has it, and a client may send
     * kilobytes.
     */
    private static final int MAX_CLIENT_TEXT = 512;

    private RequestContext() {}

    /** Returns the context of a request, in a process without a name. */
    public static EventContext of(RegistryRequest request) {
        return of(EventContext.none(), request);
    }

    /**
     * Returns the context of a request.
     *
     * @param process what all requests have in common: {@link EventContext#instance()}
     * @param request the request. Its caller counts as anonymous until the {@code Authenticator} has been called. Host and
     *     user agent are cut after 512 characters
     */
    public static EventContext of(EventContext process, RegistryRequest request) {
        EventContext.Builder context = process.toBuilder()
                .actor(request.caller().name())
                .requestId(request.requestId())
                .method(request.method())
                .secure(request.secure());
        request.remoteAddress().ifPresent(context::address);
        bounded(request.host()).ifPresent(context::host);
        bounded(request.header("User-Agent")).ifPresent(context::userAgent);
        return context.build();
    }

    private static Optional<String> bounded(Optional<String> text) {
        return text.filter(value -> !value.isEmpty())
                .map(value -> value.length() > MAX_CLIENT_TEXT ? value.substring(0, MAX_CLIENT_TEXT) : value);
    }
}
