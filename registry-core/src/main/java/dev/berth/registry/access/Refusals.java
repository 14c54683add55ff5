package dev.berth.registry.access;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.server.Caller;
import java.time.Instant;
import java.util.Objects;

/**
 * Refuses a caller, and tells a listener.
 *
 * @param caller the caller
 * @param origin the caller as an audit names it, and where its request comes from
 * @param listener is told of refusals
 * @param repository the name of the repository; empty outside of one
 */
record Refusals(Caller caller, AuditOrigin origin, AuditListener listener, String repository) implements Denial {
    Refusals {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(origin, "origin");
        listener = AuditListener.guarded(listener);
    }

    Refusals(Caller caller, AuditOrigin origin, AuditListener listener) {
        this(caller, origin, listener, "");
    }

    /** Returns the same for what is refused in a repository. */
    Refusals in(RepositoryName name) {
        return AuditListener.isNone(listener) ? this : new Refusals(caller, origin, listener, name.toString());
    }

    /** The same for what is hidden and for what does not exist, so that nobody can find out which names exist. */
    @Override
    public RegistryException of(String operation) {
        if (caller.isAnonymous()) {
            return RegistryException.of(
                    ErrorCode.UNAUTHORIZED, "Authentication is required to " + operation + "; log in first");
        }
        listener.on(new AuditEvent(
                Instant.now(),
                AuditEvent.Type.ACCESS_REFUSED,
                origin,
                repository,
                operation,
                AuditEvent.Outcome.REFUSED,
                "no right to do so"));
        return RegistryException.of(
                ErrorCode.DENIED,
                "You may not " + operation + "; ask an administrator of this registry for the right to do so");
    }
}
