package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers manifests that repositories had a moment ago, since each is asked about for every part that it has. To take one for
 * linked that is not any more only keeps something until the next collection. For one thread.
 */
final class LinkedManifests {
    private static final int MOST = 50_000;

    private final Look look;
    private final Map<Key, Boolean> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > MOST;
        }
    };

    LinkedManifests(Look look) {
        this.look = look;
    }

    private record Key(RepositoryName repository, Digest manifest) {}

    boolean has(RepositoryName repository, Digest manifest) throws IOException {
        Key key = new Key(repository, manifest);
        if (known.get(key) != null) {
            return true;
        }
        boolean has = look.hasManifest(repository, manifest);
        if (has) {
            known.put(key, true);
        }
        return has;
    }
}
