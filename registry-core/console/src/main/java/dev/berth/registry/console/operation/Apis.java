package dev.berth.registry.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.page.Visit;
import java.util.Map;
import java.util.Optional;

/** The management APIs, and what they tell a visitor. */
public final class Apis {
    public static final String ACCESS = "/berth/access/";
    public static final String WEBHOOKS = "/berth/webhooks/";
    public static final String MIRRORS = "/berth/mirrors/";
    public static final String MAINTENANCE = "/berth/maintenance/";

    private Apis() {}

    /** Asks for something. Empty if it is not there, or the visitor may not see it: nobody can tell which. */
    public static Optional<JsonNode> find(Visit visit, String path, Map<String, String> query) {
        try {
            return Optional.of(visit.management().get(path, query));
        } catch (RegistryException e) {
            return switch (e.code()) {
                case DENIED, UNAUTHORIZED, NOT_FOUND, NAME_UNKNOWN, NAME_INVALID, REQUEST_INVALID -> Optional.empty();
                default -> throw e;
            };
        }
    }
}
