package dev.berth.registry.webhook;

import dev.berth.registry.event.EventType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The words that Docker's registry has for what happens, and the types of events that each stands for. */
final class EventActions {
    private static final Map<String, Set<EventType>> TYPES = types();

    private EventActions() {}

    private static Map<String, Set<EventType>> types() {
        Map<String, Set<EventType>> types = new LinkedHashMap<>();
        types.put("push", Set.of(EventType.MANIFEST_PUSHED, EventType.BLOB_PUSHED, EventType.TAG_SET));
        types.put("pull", Set.of(EventType.MANIFEST_PULLED, EventType.BLOB_PULLED));
        types.put("mount", Set.of(EventType.BLOB_MOUNTED));
        types.put("delete", Set.of(EventType.MANIFEST_DELETED, EventType.BLOB_DELETED, EventType.TAG_DELETED));
        return types;
    }

    /** Returns whether events of this type tell of a read. Later versions name their reads in the same way. */
    static boolean isRead(EventType type) {
        return type.value().endsWith(".pulled");
    }

    /** Returns the types of events that tell of a read. */
    static Set<EventType> reads() {
        return Set.of(EventType.MANIFEST_PULLED, EventType.BLOB_PULLED);
    }

    /**
     * Returns the types for words.
     *
     * @throws IllegalArgumentException if a word is neither {@code push}, {@code pull}, {@code mount} nor {@code delete}
     */
    static List<EventType> types(Collection<String> actions) {
        List<EventType> types = new ArrayList<>();
        for (String action : actions) {
            Set<EventType> some = TYPES.get(action);
            if (some == null) {
                throw new IllegalArgumentException("There is no action '" + action.replaceAll("[^ -~]", "?")
                        + "' of events; the actions are " + String.join(", ", TYPES.keySet()));
            }
            types.addAll(some);
        }
        return types;
    }
}
