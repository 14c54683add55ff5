package dev.berth.registry.client;

import com.google.common.util.concurrent.Striped;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.concurrent.locks.Lock;

/** Locks for tags that this client rewrites, so that its own threads do not have to do it over again. */
final class TagLocks {
    private static final int STRIPES = 64;

    private final Striped<Lock> locks = Striped.lock(STRIPES);

    Lock of(RepositoryName name, Tag tag) {
        return locks.get(List.of(name, tag));
    }
}
