package dev.berth.registry.session;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.browser.SameOrigin;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RequestedAccess;
import java.util.List;
import java.util.Optional;

/** Takes the cookies of sessions, beside the API of images. */
final class SessionAuthenticator implements Authenticator {
    private static final String IMAGES = "/v2/";

    private final Sessions sessions;
    private final Authenticator next;

    SessionAuthenticator(Sessions sessions, Authenticator next) {
        this.sessions = sessions;
        this.next = next;
    }

    @Override
    public Caller authenticate(RegistryRequest request, RequestedAccess access) {
        Optional<OpenSession> session = isForSessions(request, access) ? sessions.find(request) : Optional.empty();
        if (session.isEmpty()) {
            return next.authenticate(request, access);
        }
        if (!isReading(request)) {
            requireOwnPage(session.get(), request);
        }
        return session.get().caller();
    }

    private static boolean isForSessions(RegistryRequest request, RequestedAccess access) {
        return access.action() == RequestedAccess.Action.ROUTE
                && !(request.path() + "/").startsWith(IMAGES)
                // Whoever sends other credentials means those.
                && !request.headers().has("Authorization");
    }

    private static boolean isReading(RegistryRequest request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    /** A browser sends the cookie with whatever a page makes it send: the page must be one of this server. */
    private static void requireOwnPage(OpenSession session, RegistryRequest request) {
        List<String> tokens = request.headers().all(Sessions.FORM_FIELD);
        if (tokens.size() != 1 || !session.isFormToken(tokens.get(0)) || !SameOrigin.isLikely(request)) {
            throw RegistryException.of(
                    ErrorCode.DENIED,
                    "Whoever has signed in with a browser changes something with the field " + Sessions.FORM_FIELD
                            + " of the own page only; load the page again");
        }
    }

    @Override
    public List<String> challenges(RegistryRequest request, RequestedAccess access) {
        return next.challenges(request, access);
    }
}
