package dev.berth.registry.storage.s3;

import dev.berth.registry.fixtures.RepeatedAppendContract;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** Appends whose answer was lost, over a bucket. */
class S3RepeatedAppendTest extends RepeatedAppendContract {
    private @Nullable S3ObjectStore store;

    @Override
    protected ObjectStore store() throws IOException {
        store = S3Proxy.get().newStore();
        return store;
    }

    @AfterEach
    void close() {
        if (store != null) {
            store.close();
        }
    }
}
