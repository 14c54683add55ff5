package dev.berth.registry.simulation;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Replaces random identifiers in keys by ones that are the same in each run of a seed: their order decides which entry comes
 * first in a listing.
 */
final class StableNames {
    private static final int LENGTH = 36;

    private final Schedule schedule;
    private final Map<String, String> stable = new HashMap<>();
    private final Map<String, String> random = new HashMap<>();

    StableNames(Schedule schedule) {
        this.schedule = schedule;
    }

    ObjectKey stable(ObjectKey key) {
        String name = stable(key.value());
        return name.equals(key.value()) ? key : ObjectKey.of(name);
    }

    KeyPrefix stable(KeyPrefix prefix) {
        String name = stable(prefix.value());
        return name.equals(prefix.value()) ? prefix : KeyPrefix.of(name);
    }

    /** Replaces what code under test has made up. */
    String stable(String name) {
        int at = find(name);
        if (at < 0) {
            return name;
        }
        String id = name.substring(at, at + LENGTH);
        String known = stable.get(id);
        if (known == null) {
            known = new UUID(schedule.number(), schedule.number()).toString();
            stable.put(id, known);
            random.put(known, id);
        }
        return name.substring(0, at) + known + name.substring(at + LENGTH);
    }

    /** Undoes {@link #stable}. */
    String original(String name) {
        int at = find(name);
        if (at < 0) {
            return name;
        }
        String id = name.substring(at, at + LENGTH);
        return name.substring(0, at) + random.getOrDefault(id, id) + name.substring(at + LENGTH);
    }

    /** Returns where a name has an identifier, or a negative number. */
    private static int find(String name) {
        if (!name.startsWith("_berth/")) {
            return -1;
        }
        for (int at = name.length() - LENGTH; at >= 0; at--) {
            if (name.charAt(at + 8) == '-'
                    && name.charAt(at + 13) == '-'
                    && name.charAt(at + 18) == '-'
                    && name.charAt(at + 23) == '-'
                    && (at == 0 || "/-".indexOf(name.charAt(at - 1)) >= 0)) {
                return at;
            }
        }
        return -1;
    }
}
