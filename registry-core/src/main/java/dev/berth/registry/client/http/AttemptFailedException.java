package dev.berth.registry.client.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.transport.TransportException;

/** A failed attempt at a call. The caller, which knows whether the call is safe to repeat, decides about another one. */
public final class AttemptFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Whether another attempt makes sense. */
    public enum Kind {
        /** Another attempt would fail in the same way. */
        FINAL,
        /** The failure is transient, and this attempt had no effect. */
        WITHOUT_EFFECT,
        /** The failure is transient, but this attempt may have had its effect. */
        UNCERTAIN,
        /** The caller has given up: it was interrupted, or the client closed. */
        GIVEN_UP
    }

    private final RegistryException failure;
    private final Kind kind;

    private AttemptFailedException(RegistryException failure, Kind kind) {
        super(failure);
        this.failure = failure;
        this.kind = kind;
    }

    public static AttemptFailedException of(Kind kind, RegistryException failure) {
        return new AttemptFailedException(failure, kind);
    }

    /**
     * Returns the failure of an exchange.
     *
     * @param what what the call does, to follow "Could not"
     */
    public static AttemptFailedException of(TransportException e, String what) {
        Kind kind = Kind.FINAL;
        if (e.kind() == TransportException.Kind.CANCELLED) {
            kind = Kind.GIVEN_UP;
        } else if (e.isTransient()) {
            kind = e.isUnsent() ? Kind.WITHOUT_EFFECT : Kind.UNCERTAIN;
        }
        String message = "Could not " + what + ": " + e.sentence();
        RegistryException failure = RegistryException.builder(RegistryError.of(ErrorCode.UNAVAILABLE, message))
                .cause(e)
                .remote()
                .build();
        return new AttemptFailedException(failure, kind);
    }

    public static AttemptFailedException interrupted(String what, InterruptedException e) {
        Thread.currentThread().interrupt();
        String message = "Could not " + what + ": the thread was interrupted";
        return new AttemptFailedException(RegistryException.of(ErrorCode.UNAVAILABLE, message, e), Kind.GIVEN_UP);
    }

    /** Returns the exception for the caller if there is no other attempt. */
    public RegistryException failure() {
        return failure;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns whether another attempt may succeed. */
    public boolean isTransient() {
        return kind == Kind.WITHOUT_EFFECT || kind == Kind.UNCERTAIN;
    }

    public boolean isGivenUp() {
        return kind == Kind.GIVEN_UP;
    }
}
