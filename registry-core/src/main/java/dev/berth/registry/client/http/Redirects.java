package dev.berth.registry.client.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.client.http.AttemptFailedException.Kind;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.Optional;

/** Where a redirected request may go (RFC 9110, section 15.4). Who follows it leaves secrets behind at another origin. */
public final class Redirects {
    /** How many redirects are followed, one behind the other. */
    public static final int MOST = 10;

    private Redirects() {}

    /**
     * Returns where a response sends its request.
     *
     * @param repeatable whether the same request, with its body, can be sent again
     * @return the address, or empty if the response is no redirect
     * @throws AttemptFailedException if it is one that must not be followed
     */
    public static Optional<URI> target(
            IncomingResponse response, String method, boolean repeatable, InsecureHosts plainHttp)
            throws AttemptFailedException {
        boolean reading = method.equals("GET") || method.equals("HEAD");
        boolean followed = switch (response.status()) {
            case 307, 308 -> reading || repeatable;
            // Of any other method it is not sure what it becomes.
            case 301, 302, 303 -> reading;
            default -> false;
        };
        Optional<String> location = response.header(WireHeaders.LOCATION);
        if (!followed || location.isEmpty()) {
            return Optional.empty();
        }
        Origin from = Origin.of(response.address());
        URI target = Addresses.resolve(response.address(), location.get())
                .orElseThrow(() -> refused(from + " redirects to something that is no address"));
        Origin to = Origin.of(target);
        if (!to.equals(from) && !plainHttp.allows(to)) {
            throw refused(from + " redirects to " + plainHttpRefused(to));
        }
        return Optional.of(target);
    }

    /** Returns the part of a message that names an origin with plain HTTP, and says how to allow it. */
    public static String plainHttpRefused(Origin origin) {
        return origin + ", which is plain HTTP; allow that with RemoteOptions.builder().plainHttp(\""
                + origin.authority() + "\") if it is meant";
    }

    public static AttemptFailedException refused(String message) {
        return AttemptFailedException.of(Kind.FINAL, RegistryException.of(ErrorCode.UNAVAILABLE, message));
    }
}
