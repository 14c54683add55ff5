package dev.berth.registry.storage.fs.journal;

import java.io.IOException;
import java.util.Set;

/** Makes changes durable without the journal. */
@FunctionalInterface
public interface Checkpoint {

    /**
     * Syncs files, as they are now, and the directories that they are in or have been removed from.
     *
     * @param paths the files, relative to the directory of the store; some may not exist any more
     */
    void sync(Set<String> paths) throws IOException;
}
