package dev.berth.registry.memory;

import dev.berth.registry.storage.ObjectStat;

/** One state of an object. Equal to itself only, so that a map can replace exactly this state. */
final class StoredObject {
    private final Blocks content;
    private final ObjectStat stat;

    StoredObject(Blocks content, ObjectStat stat) {
        this.content = content;
        this.stat = stat;
    }

    Blocks content() {
        return content;
    }

    ObjectStat stat() {
        return stat;
    }
}
