package dev.berth.registry.internal.store;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.UUID;

/** Writes down what is going to be removed from the index, before it is. {@link RepairReplay} reads it again. */
public final class RepairJournal {
    private final ObjectStore store;
    private final InstantSource clock;

    public RepairJournal(ObjectStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Before marks of this tag go. */
    public void begin(RepositoryName repository, Tag tag) throws IOException {
        write(new RepairEntry.OfTag(clock.instant(), repository, tag));
    }

    /** Before marks of this manifest go, and that of its repository, if it was the last one. */
    public void begin(RepositoryName repository, Digest digest) throws IOException {
        write(new RepairEntry.OfManifest(clock.instant(), repository, digest));
    }

    /** Before the mark of this repository goes. */
    public void begin(RepositoryName repository) throws IOException {
        write(new RepairEntry.OfRepository(clock.instant(), repository));
    }

    private void write(RepairEntry repair) throws IOException {
        store.put(Keys.repair(UUID.randomUUID().toString()), repair.bytes(), PutCondition.always());
    }
}
