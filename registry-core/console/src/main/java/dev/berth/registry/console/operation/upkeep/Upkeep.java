package dev.berth.registry.console.operation.upkeep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.operation.Apis;
import dev.berth.registry.console.page.Visit;
import java.util.Map;
import java.util.Optional;

/**
 * Whether a visitor looks after the registry, and what this process does for it.
 *
 * @param status what the management of it says; nothing for others
 */
record Upkeep(JsonNode status) {
    private static final Upkeep NONE = new Upkeep(MissingNode.getInstance());

    /** Returns what a visitor may know. Each page asks once, also for its menu. */
    static Upkeep of(Visit visit) {
        return visit.once(Upkeep.class, () -> find(visit));
    }

    private static Upkeep find(Visit visit) {
        if (!visit.isAdministrator() || !visit.management().has(Apis.MAINTENANCE)) {
            return NONE;
        }
        try {
            return new Upkeep(visit.management().get(Apis.MAINTENANCE + "status", Map.of()));
        } catch (RegistryException e) {
            // Pages that need none of it are shown nevertheless.
            return NONE;
        }
    }

    boolean isAllowed() {
        return !status.isMissingNode();
    }

    boolean has(String part) {
        return status.path(part).asBoolean();
    }

    /** Asks for a part of it; empty if the visitor may not know. */
    static Optional<JsonNode> ask(Visit visit, String part, Map<String, String> query) {
        return of(visit).isAllowed() ? Apis.find(visit, Apis.MAINTENANCE + part, query) : Optional.empty();
    }
}
