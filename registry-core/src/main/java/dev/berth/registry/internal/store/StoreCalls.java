package dev.berth.registry.internal.store;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.hash.SourceFailedException;
import dev.berth.registry.internal.hash.SourceSizeException;
import dev.berth.registry.storage.StorageBusyException;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;

/** Calls the store, and translates its exceptions into those of a registry. */
public final class StoreCalls {
    private StoreCalls() {}

    /** A call of the store that returns something. */
    public interface Call<T> {
        T run() throws IOException;
    }

    /** A call of the store that returns nothing. */
    public interface Action {
        void run() throws IOException;
    }

    /**
     * Runs a call.
     *
     * @param what what it does, as the continuation of "The registry could not …"
     */
    public static <T> T call(String what, Call<T> call) {
        try {
            return call.run();
        } catch (IOException e) {
            throw translate(what, e);
        }
    }

    /** As {@link #call}, for a call that returns nothing. */
    public static void act(String what, Action action) {
        call(what, () -> {
            action.run();
            return true;
        });
    }

    /** Returns the exception of a registry for a failure of the store. */
    public static RegistryException translate(String what, IOException e) {
        if (e instanceof SourceFailedException source) {
            return RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "The registry could not " + what + ": the content could not be read to its end",
                    source.failure());
        }
        if (e instanceof SourceSizeException) {
            return RegistryException.of(
                    ErrorCode.SIZE_INVALID, "The registry could not " + what + ": " + e.getMessage());
        }
        if (e instanceof StorageFullException) {
            return RegistryException.of(
                    ErrorCode.INSUFFICIENT_STORAGE,
                    "The registry could not " + what + ": its storage is full; free some space and try again",
                    e);
        }
        if (e instanceof StorageBusyException busy) {
            return RegistryException.builder(RegistryError.of(
                            ErrorCode.UNAVAILABLE,
                            "The registry could not " + what + ": its storage is busy or cannot be reached; try again"))
                    .cause(e)
                    .retryAfter(busy.retryAfter())
                    .build();
        }
        if (e instanceof ClosedByInterruptException || e instanceof InterruptedIOException) {
            return RegistryException.of(
                    ErrorCode.UNAVAILABLE, "The registry could not " + what + ": the call was interrupted", e);
        }
        return RegistryException.of(
                ErrorCode.UNAVAILABLE, "The registry could not " + what + ": its storage failed", e);
    }
}
