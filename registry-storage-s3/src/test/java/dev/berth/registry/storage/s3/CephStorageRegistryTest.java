package dev.berth.registry.storage.s3;

import java.io.IOException;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The contract of registries over Ceph's gateway. */
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
class CephStorageRegistryTest extends S3StorageRegistryContract {
    @Override
    Gateway gateway() throws IOException {
        return Ceph.require();
    }
}
