package dev.berth.examples.standalone.configuration.observability;

import dev.berth.examples.standalone.configuration.values.ListenAddress;
import java.util.Optional;

/**
 * The section {@code http.debug}: an address of its own for health and metrics.
 *
 * @param address the address to listen on; empty if there is none
 * @param metrics the path of metrics in the format of Prometheus; empty if they are not served
 */
public record DebugSettings(Optional<ListenAddress> address, Optional<String> metrics) {
    /** Returns whether metrics are kept. */
    public boolean hasMetrics() {
        return address.isPresent() && metrics.isPresent();
    }
}
