package dev.berth.registry.storage.s3;

import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of registries over S3Proxy, as far as that can. */
@ExtendWith(BeyondS3Proxy.class)
class S3ProxyStorageRegistryTest extends S3StorageRegistryContract {
    @Override
    Gateway gateway() {
        return S3Proxy.get();
    }
}
