package dev.berth.registry.server.http1;

import dev.berth.registry.internal.wire.ClientNetwork;
import java.util.HashMap;
import java.util.Map;

/** How many connections each client has, which a {@link ClientNetwork} stands for. Not thread-safe. */
final class AddressCounts {
    private final Map<Object, Integer> counts = new HashMap<>();

    int count(Object client) {
        return counts.getOrDefault(client, 0);
    }

    void add(Object client) {
        counts.merge(client, 1, Integer::sum);
    }

    void remove(Object client) {
        counts.computeIfPresent(client, (same, count) -> count == 1 ? null : count - 1);
    }
}
