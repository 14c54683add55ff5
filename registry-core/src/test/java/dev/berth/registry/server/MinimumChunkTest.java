package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.compose.ForwardingBlobUpload;
import dev.berth.registry.compose.ForwardingBlobs;
import dev.berth.registry.compose.ForwardingRegistry;
import dev.berth.registry.compose.ForwardingRepository;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** "Pushing a blob in chunks": chunks that must not be too small. */
@Tag("end-4")
class MinimumChunkTest {
    private static final String UPLOADS = "/v2/team/app/blobs/uploads/";

    @Test
    void isSentIfTheRegistryHasOne() throws Exception {
        Registry stored = StorageRegistry.over(MemoryObjectStore.create());
        try (TestServer server = TestServer.serving(withChunksOfAtLeast(5000, stored), UnaryOperator.identity())) {
            assertThat(server.exchange("POST", UPLOADS).header("OCI-Chunk-Min-Length"))
                    .hasValue("5000");
        }
    }

    @Test
    void isNotSentIfTheRegistryHasNone() throws Exception {
        try (TestServer server = TestServer.start()) {
            assertThat(server.exchange("POST", UPLOADS).header("OCI-Chunk-Min-Length"))
                    .isEmpty();
        }
    }

    private static Registry withChunksOfAtLeast(long bytes, Registry registry) {
        return new ForwardingRegistry(registry) {
            @Override
            public Repository repository(RepositoryName name) {
                return new ForwardingRepository(delegate().repository(name)) {
                    @Override
                    public Blobs blobs() {
                        return new ForwardingBlobs(delegate().blobs()) {
                            @Override
                            public BlobUpload startUpload(UploadOptions options) {
                                return new ForwardingBlobUpload(delegate().startUpload(options)) {
                                    @Override
                                    public long minimumChunkLength() {
                                        return bytes;
                                    }
                                };
                            }
                        };
                    }
                };
            }
        };
    }
}
