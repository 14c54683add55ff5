/** Stores a registry in a bucket of an S3-compatible object store. */
@SuppressWarnings("module") // S3 is a name, its digit no version
module dev.berth.registry.storage.s3 {
    requires transitive dev.berth.registry;
}
