package dev.berth.registry.storage.s3;

import java.io.IOException;

/** The contract of stores, kept by Ceph's gateway. */
class CephObjectStoreTest extends S3ObjectStoreContract {
    @Override
    Gateway gateway() throws IOException {
        return Ceph.require();
    }
}
