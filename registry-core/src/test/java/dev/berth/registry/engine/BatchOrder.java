package dev.berth.registry.engine;

import dev.berth.registry.storage.ObjectBatch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * An order in which a store makes the changes of a batch. If it dies in between, those that come first are made: so the
 * orders together, and the points at which it dies, cover what subsets a crash may leave.
 */
enum BatchOrder {
    AS_ADDED,
    BACKWARDS,
    SHUFFLED_1,
    SHUFFLED_2,
    SHUFFLED_3,
    SHUFFLED_4;

    List<ObjectBatch.Change> of(ObjectBatch batch) {
        List<ObjectBatch.Change> changes = new ArrayList<>(batch.changes());
        if (this == BACKWARDS) {
            Collections.reverse(changes);
        } else if (this != AS_ADDED) {
            Collections.shuffle(changes, new Random(ordinal()));
        }
        return changes;
    }
}
