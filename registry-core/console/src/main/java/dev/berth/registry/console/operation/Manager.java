package dev.berth.registry.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.page.Visit;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a visitor manages, as the registry says.
 *
 * @param administrator whether all of it
 * @param patterns the repositories whose administrator the visitor is
 */
public record Manager(boolean administrator, List<String> patterns) {
    private static final Manager OF_NOTHING = new Manager(false, List.of());
    private static final Pattern ORGANISATION = Pattern.compile("([^/*]+)/\\*\\*");

    /** Copies the list. */
    public Manager {
        patterns = List.copyOf(patterns);
    }

    /** Returns what a visitor manages. Each page asks once, also for its menu. */
    public static Manager of(Visit visit) {
        return visit.once(Manager.class, () -> find(visit));
    }

    private static Manager find(Visit visit) {
        if (!visit.management().has(Apis.ACCESS)) {
            // Nobody has an account: whoever may do everything manages what there is to manage.
            return visit.isAdministrator() ? new Manager(true, List.of("**")) : OF_NOTHING;
        }
        if (visit.caller().isAnonymous()) {
            return OF_NOTHING;
        }
        try {
            JsonNode answer = visit.management().get(Apis.ACCESS + "whoami", Map.of());
            return new Manager(answer.path("administrator").asBoolean(), Json.texts(answer.path("administers")));
        } catch (RegistryException e) {
            // Pages that manage nothing are shown nevertheless.
            return OF_NOTHING;
        }
    }

    /** Returns whether the visitor manages anything. */
    public boolean managesSomething() {
        return !patterns.isEmpty();
    }

    /** Returns the names of organisations whose repositories the visitor administers: not all of them need to be there. */
    public List<String> organisations() {
        return patterns.stream()
                .map(ORGANISATION::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .toList();
    }

    /** Returns whether the visitor manages the whole of an organisation, or all of the registry. */
    public boolean managesOrganisations() {
        return administrator || !organisations().isEmpty();
    }
}
