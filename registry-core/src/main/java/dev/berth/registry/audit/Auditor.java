package dev.berth.registry.audit;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import java.time.InstantSource;
import java.util.Objects;
import java.util.function.Supplier;

/** Makes the events of one {@link Audited} registry, or of one repository of it. Thread-safe. */
final class Auditor {
    private final AuditOrigin origin;
    private final AuditListener listener;
    private final InstantSource clock;
    private final String repository;

    Auditor(AuditOrigin origin, AuditListener listener, InstantSource clock) {
        this(Objects.requireNonNull(origin, "origin"), listener, Objects.requireNonNull(clock, "clock"), "");
    }

    private Auditor(AuditOrigin origin, AuditListener listener, InstantSource clock, String repository) {
        this.origin = origin;
        this.listener = listener;
        this.clock = clock;
        this.repository = repository;
    }

    Auditor in(RepositoryName name) {
        return new Auditor(origin, listener, clock, name.toString());
    }

    /**
     * Makes a call that changes nothing.
     *
     * @param operation what is attempted, in words that follow "to" and precede the name of the repository
     */
    <T> T read(Supplier<String> operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.DENIED) {
                refused(operation.get(), e);
            }
            throw e;
        }
    }

    /** Makes a call that changes something; see {@link #read}. */
    <T> T change(Supplier<String> operation, Supplier<T> call) {
        try {
            return call.get();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.DENIED || e.code() == ErrorCode.UNSUPPORTED) {
                refused(operation.get(), e);
            }
            throw e;
        }
    }

    private void refused(String operation, RegistryException refusal) {
        tell(
                AuditEvent.Type.POLICY,
                operation + repository,
                AuditEvent.Outcome.REFUSED,
                refusal.errors().get(0).message());
    }

    /** Tells of a deletion that was made. */
    void deleted(String operation, String reason) {
        tell(AuditEvent.Type.DELETION, operation + repository, AuditEvent.Outcome.DONE, reason);
    }

    private void tell(AuditEvent.Type type, String target, AuditEvent.Outcome outcome, String reason) {
        listener.on(new AuditEvent(clock.instant(), type, origin, repository, target, outcome, reason));
    }
}
