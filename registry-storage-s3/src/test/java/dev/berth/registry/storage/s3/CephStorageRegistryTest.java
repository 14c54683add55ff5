package dev.berth.registry.storage.s3;

import java.io.IOException;

/** The contract of registries over Ceph's gateway. */
class CephStorageRegistryTest extends S3StorageRegistryContract {
    @Override
    Gateway gateway() throws IOException {
        return Ceph.require();
    }
}
