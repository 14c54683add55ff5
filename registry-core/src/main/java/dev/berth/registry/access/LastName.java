package dev.berth.registry.access;

import dev.berth.registry.RepositoryName;
import java.util.Optional;

/** Greatest valid names: places from which a listing is read to skip everything before. They need not exist. */
final class LastName {
    private static final char GREATEST = 'z';

    private LastName() {}

    /** Returns the greatest name below this one, or empty if it is too long to have any. */
    static Optional<String> below(String name) {
        return filled(name + "/");
    }

    /** Returns the greatest name that comes before all names below this one, or empty if it is too long to have any. */
    static Optional<String> beforeThoseBelow(String name) {
        // Of the characters that may follow, the dot is the greatest that is less than a slash.
        return filled(name + ".");
    }

    private static Optional<String> filled(String prefix) {
        int missing = RepositoryName.MAX_LENGTH - prefix.length();
        return missing < 1
                ? Optional.empty()
                : Optional.of(prefix + String.valueOf(GREATEST).repeat(missing));
    }
}
