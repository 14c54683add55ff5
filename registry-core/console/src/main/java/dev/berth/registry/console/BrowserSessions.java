package dev.berth.registry.console;

import dev.berth.registry.server.RegistryRequest;
import java.util.Optional;

/** Finds the session of a browser, if it has one that is still good. Thread-safe. */
@FunctionalInterface
interface BrowserSessions {

    Optional<BrowserSession> of(RegistryRequest request);

    /** Returns those of a registry in which nobody signs in. */
    static BrowserSessions none() {
        return request -> Optional.empty();
    }
}
