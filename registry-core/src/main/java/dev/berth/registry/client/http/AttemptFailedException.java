package dev.berth.registry.client.http;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.transport.TransportException;

/** One attempt at a call has failed. Whoever knows what the call does decides whether there is another one. */
public final class AttemptFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What another attempt would be good for. */
    public enum Kind {
        /** Another one will end in the same way. */
        FINAL,
        /** Another one may end better, and nothing has come of this one. */
        WITHOUT_EFFECT,
        /** Another one may end better, but this one may have done its work. */
        UNCERTAIN,
        /** The caller has given up. */
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
     * @param what what was to be done, to go on "Could not …"
     */
    public static AttemptFailedException of(TransportException e, String what) {
        Kind kind = Kind.FINAL;
        if (e.kind() == TransportException.Kind.CANCELLED) {
            kind = Kind.GIVEN_UP;
        } else if (e.isTransient()) {
            kind = e.isUnsent() ? Kind.WITHOUT_EFFECT : Kind.UNCERTAIN;
        }
        String message = "Could not " + what + ": " + e.sentence();
        return new AttemptFailedException(RegistryException.of(ErrorCode.UNAVAILABLE, message, e), kind);
    }

    public static AttemptFailedException interrupted(String what, InterruptedException e) {
        Thread.currentThread().interrupt();
        String message = "Could not " + what + ": the thread was interrupted";
        return new AttemptFailedException(RegistryException.of(ErrorCode.UNAVAILABLE, message, e), Kind.GIVEN_UP);
    }

    /** Returns what the caller is told if there is no other attempt. */
    public RegistryException failure() {
        return failure;
    }

    public Kind kind() {
        return kind;
    }

    /** Returns whether another attempt may end better. */
    public boolean isTransient() {
        return kind == Kind.WITHOUT_EFFECT || kind == Kind.UNCERTAIN;
    }

    public boolean isGivenUp() {
        return kind == Kind.GIVEN_UP;
    }
}
