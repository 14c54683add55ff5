package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Nearest;
import java.util.Optional;
import java.util.Set;

/**
 * The sections at the top of a configuration. One that is misspelt is not merely without effect: what should be stored in
 * a certain place would be stored elsewhere, what should be protected would not be.
 */
final class TopLevelKeys {
    /** Those of {@code registry:2} and {@code registry:3}, and some that are ours. */
    private static final Set<String> KNOWN = Set.of(
            "access",
            "console",
            "maintenance",
            "pulls",
            "rules",
            "quota",
            "version",
            "log",
            "loglevel",
            "storage",
            "auth",
            "middleware",
            "reporting",
            "http",
            "notifications",
            "redis",
            "health",
            "proxy",
            "mirrors",
            "replication",
            "scan",
            "signatures",
            "gate",
            "compatibility",
            "validation",
            "policy",
            "catalog");

    private TopLevelKeys() {}

    /**
     * Fails if a key is unknown and stands near a known one.
     *
     * @param paths the paths of settings
     * @param sectionsOnly whether a key counts only if there is something below it; the environment may hold variables of
     *     others
     */
    static void check(Set<String> paths, boolean sectionsOnly) {
        for (String path : paths) {
            int dot = path.indexOf('.');
            String key = dot < 0 ? path : path.substring(0, dot);
            if (KNOWN.contains(key) || sectionsOnly && dot < 0) {
                continue;
            }
            Optional<String> meant = Nearest.to(key, KNOWN);
            if (meant.isPresent()) {
                throw new CommandException("The configuration has a section '" + key + "', which is unknown; is '"
                        + meant.get() + "' meant? Correct it, or remove it.");
            }
        }
    }
}
