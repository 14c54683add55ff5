package dev.berth.registry.maintenance;

import dev.berth.registry.Digest;
import java.util.HashSet;
import java.util.Set;

/** What a plan has told of. Beyond a limit it forgets, and may tell of something twice. Thread-safe. */
final class Planned {
    private static final int MOST = 100_000;

    private final Set<Digest> digests = new HashSet<>();

    /** Returns whether this digest is told of for the first time. */
    synchronized boolean add(Digest digest) {
        if (digests.size() >= MOST) {
            digests.clear();
        }
        return digests.add(digest);
    }
}
