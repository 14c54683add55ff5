package dev.berth.registry.mirror;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.mirror.StaleAnswer.Reason;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Why the upstream registry does not say what is current. */
record Outage(Reason reason, RegistryException failure) {

    static Outage of(RegistryException failure) {
        return new Outage(reason(failure), failure);
    }

    private static Reason reason(RegistryException failure) {
        return switch (failure.code()) {
            case TOOMANYREQUESTS -> Reason.LIMITED;
            case UNAUTHORIZED, DENIED -> Reason.REFUSED;
            default -> failure.getCause() instanceof TimeoutException ? Reason.TIMED_OUT : Reason.FAILED;
        };
    }

    /** Returns what the upstream registry has said, or why it has said nothing: a sentence. */
    String message() {
        return failure.errors().get(0).message();
    }

    /**
     * Returns what a client gets that nothing can be served: never that there is no such content, which nobody knows.
     *
     * @param what what was not possible, to follow "Could not"
     */
    RegistryException forClient(String what) {
        RegistryError first = failure.errors().get(0);
        RegistryException.Builder told = switch (reason) {
            case REFUSED ->
                told(
                        ErrorCode.DENIED,
                        what,
                        "the upstream registry refuses this mirror, which may need other credentials",
                        first);
            case LIMITED ->
                told(ErrorCode.TOOMANYREQUESTS, what, "the upstream registry takes no more requests now", first);
            case TIMED_OUT, FAILED, GONE ->
                told(ErrorCode.UNAVAILABLE, what, "the upstream registry does not send it", first);
        };
        failure.retryAfter().ifPresent(told::retryAfter);
        return told.build();
    }

    private RegistryException.Builder told(ErrorCode code, String what, String why, RegistryError error) {
        String message = "Could not " + what + ", and there is no copy here: " + why + " (" + error.message() + ")";
        return RegistryException.builder(new RegistryError(code, message, Map.of()))
                .cause(failure)
                .remote();
    }
}
