package dev.berth.registry.console.page;

import dev.berth.registry.Registry;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.Caller;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * One request for a page, and who makes it.
 *
 * @param caller who
 * @param registry the registry as the caller may see it
 * @param host what clients call this registry, to be shown in commands: {@code registry.example:5000}
 * @param query what was asked for
 * @param now the time of the request
 */
public record Visit(Caller caller, Registry registry, String host, QueryParameters query, Instant now) {

    /** Checks that the parts are there. */
    public Visit {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(registry, "registry");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(query, "query");
        Objects.requireNonNull(now, "now");
    }

    Optional<String> asked(String name) {
        return query.first(name).filter(value -> !value.isBlank());
    }
}
