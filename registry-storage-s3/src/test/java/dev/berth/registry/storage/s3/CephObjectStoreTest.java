package dev.berth.registry.storage.s3;

import java.io.IOException;
import org.junit.jupiter.api.Tag;

/** The contract of stores, kept by Ceph's gateway. */
@Tag("any-jdk")
class CephObjectStoreTest extends S3ObjectStoreContract {
    @Override
    Gateway gateway() throws IOException {
        return Ceph.require();
    }
}
