package dev.berth.registry.scan.api;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;

/**
 * One request of a caller who may make it.
 *
 * @param caller who makes it
 * @param view the registry as the caller may see it
 * @param parameters what it states
 * @param request the request
 */
record ScanCall(Caller caller, Registry view, Parameters parameters, RegistryRequest request) {

    /** Returns the repository that the request states, as the caller may see it. */
    Repository repository() {
        return view.repository(parameters.repository());
    }
}
