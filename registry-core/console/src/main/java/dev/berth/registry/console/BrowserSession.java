package dev.berth.registry.console;

import dev.berth.registry.server.Caller;
import java.util.Objects;

/**
 * Somebody who has signed in.
 *
 * @param caller who
 * @param formToken what the forms of pages for this session have, and nobody else knows
 */
record BrowserSession(Caller caller, String formToken) {
    BrowserSession {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(formToken, "formToken");
    }
}
