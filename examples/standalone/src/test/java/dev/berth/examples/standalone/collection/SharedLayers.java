package dev.berth.examples.standalone.collection;

import dev.berth.registry.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Layers of which images choose some, so that most are needed again after their last image was deleted. Thread-safe. */
final class SharedLayers {
    private static final int COUNT = 24;
    private static final int LARGEST = 100_000;

    private final List<byte[]> layers = new ArrayList<>();
    private final Set<Digest> pushed = ConcurrentHashMap.newKeySet();

    SharedLayers() {
        Random random = new Random(12);
        for (int i = 0; i < COUNT; i++) {
            byte[] layer = new byte[1 + random.nextInt(LARGEST)];
            random.nextBytes(layer);
            layers.add(layer);
        }
    }

    byte[] any(Random random) {
        return layers.get(random.nextInt(COUNT));
    }

    /** Notes that a layer was uploaded somewhere, and returns whether it had been before. */
    boolean uploaded(Digest layer) {
        return !pushed.add(layer);
    }
}
