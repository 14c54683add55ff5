package dev.berth.registry.storage.s3;

import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of stores, kept by S3Proxy as far as it can. */
@ExtendWith(BeyondS3Proxy.class)
class S3ProxyObjectStoreTest extends S3ObjectStoreContract {
    @Override
    Gateway gateway() {
        return S3Proxy.get();
    }
}
