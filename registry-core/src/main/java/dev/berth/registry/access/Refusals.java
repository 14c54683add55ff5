package dev.berth.registry.access;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.server.Caller;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Refuses a caller, and tells a listener.
 *
 * @param caller the caller
 * @param client where its request comes from
 * @param listener is told of refusals
 */
record Refusals(Caller caller, Optional<InetAddress> client, AccessListener listener) implements Denial {
    /** The attribute of a caller that names the kind of its credentials. */
    private static final String CREDENTIALS = "credentials";

    Refusals {
        Objects.requireNonNull(caller, "caller");
        listener = AccessListener.guarded(listener);
    }

    /** The same for what is hidden and for what does not exist, so that nobody can find out which names exist. */
    @Override
    public RegistryException of(String operation) {
        if (caller.isAnonymous()) {
            return RegistryException.of(
                    ErrorCode.UNAUTHORIZED, "Authentication is required to " + operation + "; log in first");
        }
        listener.on(new AccessEvent(
                Instant.now(),
                AccessEvent.Type.ACCESS_REFUSED,
                caller.name(),
                client,
                caller.attributes().getOrDefault(CREDENTIALS, ""),
                operation,
                "no right to do so"));
        return RegistryException.of(
                ErrorCode.DENIED,
                "You may not " + operation + "; ask an administrator of this registry for the right to do so");
    }
}
