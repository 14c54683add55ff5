package dev.berth.spring;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.ClassUtils;

/** Opens the store that the properties describe. */
final class Stores {
    private static final Logger LOG = LoggerFactory.getLogger(Stores.class);
    private static final String S3 = "dev.berth.registry.storage.s3.S3ObjectStore";

    private Stores() {}

    static ObjectStore open(BerthProperties.Storage storage) throws IOException {
        Path directory = storage.directory();
        if (storage.s3().bucket() != null) {
            if (directory != null) {
                throw new IllegalArgumentException("There are berth.storage.directory and berth.storage.s3.bucket; a"
                        + " registry keeps its content in one place: remove one of them");
            }
            return openBucket(storage.s3());
        }
        if (directory != null) {
            return FileObjectStore.open(directory);
        }
        LOG.info("The registry keeps its content in memory until the application ends; set berth.storage.directory or"
                + " berth.storage.s3.bucket to keep it");
        return MemoryObjectStore.create();
    }

    private static ObjectStore openBucket(BerthProperties.S3 bucket) throws IOException {
        if (!ClassUtils.isPresent(S3, Stores.class.getClassLoader())) {
            throw new IllegalStateException(
                    "berth.storage.s3.bucket needs the dependency dev.berth:registry-storage-s3; add it");
        }
        return S3Stores.open(bucket);
    }
}
