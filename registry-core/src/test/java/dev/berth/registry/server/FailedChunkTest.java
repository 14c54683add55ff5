package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ForwardingObjectUpload;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The response to a chunk that could not be stored states where the upload stands. */
public class FailedChunkTest extends ServedTest {
    private static final byte[] CHUNK = Samples.bytes(1000, 1);

    /** Fails appends, after so many bytes of each have been kept. */
    private static final class FailingAppends extends ForwardingObjectStore {
        private volatile int kept = -1;

        FailingAppends() {
            super(MemoryObjectStore.create());
        }

        @Override
        public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
            return super.resumeUpload(staging).map(upload -> new ForwardingObjectUpload(upload) {
                @Override
                public long append(long offset, InputStream content) throws IOException {
                    if (kept < 0) {
                        return super.append(offset, content);
                    }
                    super.append(offset, new ByteArrayInputStream(content.readNBytes(kept)));
                    throw new IOException("The disk is gone");
                }
            });
        }
    }

    private final FailingAppends store = new FailingAppends();
    private TestServer server;
    private String location;

    @BeforeEach
    void start() throws Exception {
        server = serve(StorageRegistry.over(store), builder -> builder);
        location = server.exchange("POST", "/v2/team/app/blobs/uploads/")
                .header("Location")
                .orElseThrow();
        assertThat(server.exchange("PATCH", location, CHUNK).status()).isEqualTo(202);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertTellsOffset(RawResponse response, int offset) throws Exception {
        String range = "0-" + (offset - 1);
        assertThat(response.header("Range")).hasValue(range);
        assertThat(response.text()).contains("\"offset\":\"" + offset + "\"");
        assertThat(server.get(location).header("Range")).hasValue(range);
    }

    @Test
    void afterAFailureOfTheStorage() throws Exception {
        for (int kept : new int[] {0, 10}) {
            store.kept = kept;
            int offset = 1000 + kept;
            RawResponse response = server.exchange("PATCH", location, CHUNK, "Content-Range: 1000-1999");
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.codes()).containsExactly(ErrorCode.UNAVAILABLE);
            assertThat(response.header("Location")).hasValue(location);
            assertTellsOffset(response, offset);
        }
        store.kept = -1;
        byte[] whole = new byte[2000];
        System.arraycopy(CHUNK, 0, whole, 0, 1000);
        System.arraycopy(CHUNK, 0, whole, 1000, 1000);
        byte[] rest = Arrays.copyOfRange(CHUNK, 10, 1000);
        assertThat(server.exchange("PUT", location + "?digest=" + Digest.sha256(whole), rest)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void afterABodyThatWasCutOff() throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.send("PATCH " + location + " HTTP/1.1\nHost: x\nContent-Length: 500\n\n");
            connection.sendBytes(Arrays.copyOf(CHUNK, 100)).hangUpSending();
            RawResponse response = connection.read();
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.codes()).containsExactly(ErrorCode.SIZE_INVALID);
            assertTellsOffset(response, 1100);
        }
    }

    @Test
    void nothingIsToldOfAnUploadThatIsGone() throws Exception {
        assertThat(server.exchange("DELETE", location).status()).isEqualTo(204);
        RawResponse response = server.exchange("PATCH", location, CHUNK);
        assertThat(response.status()).isEqualTo(404);
        assertThat(response.header("Range")).isEmpty();
    }
}
