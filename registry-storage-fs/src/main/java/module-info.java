/** Stores a registry in a directory. */
module dev.berth.registry.storage.fs {
    requires transitive dev.berth.registry;

    exports dev.berth.registry.storage.fs;
}
