package dev.berth.registry.scan.api;

import dev.berth.registry.access.Action;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * A method of an address.
 *
 * @param method the method; GET answers HEAD too
 * @param path the address below that of the API
 * @param fields the names that a request may state
 * @param right what a caller must have the right to in the repository that the request states; empty if it states none
 * @param operation what it does
 */
record ScanRoute(String method, String path, Set<String> fields, Optional<Action> right, Operation operation) {

    /** Carries out a request. */
    @FunctionalInterface
    interface Operation {
        RegistryResponse answer(ScanCall call) throws IOException;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
