package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that pulls a blob which was damaged in the storage sees a broken connection, and never the whole length. */
class DamagedBlobTest {

    @ParameterizedTest
    @ValueSource(ints = {100, 65_536, 65_537, 1_000_000})
    void theConnectionBreaksBeforeTheLastByte(int size) throws Exception {
        MemoryObjectStore store = MemoryObjectStore.create();
        StorageRegistry registry = StorageRegistry.over(store);
        BlockingQueue<ServerExchange> exchanges = new LinkedBlockingQueue<>();
        try (TestServer server = TestServer.serving(registry, builder -> builder.observer(exchanges::add))) {
            byte[] blob = Samples.bytes(size, 3);
            Digest digest = Samples.pushBlob(server.repository("team/app"), blob);
            blob[size / 2] ^= 0x10;
            store.put(
                    ObjectKey.of("docker/registry/v2/blobs/sha256/"
                            + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data"),
                    blob,
                    PutCondition.always());
            for (String headers : List.of("", "Range: bytes=0-\r\n")) {
                byte[] received = receive(server, "/v2/team/app/blobs/" + digest, headers);
                String text = new String(received, StandardCharsets.ISO_8859_1);
                int body = text.indexOf("\r\n\r\n");
                int length = body < 0 ? 0 : received.length - body - 4;
                assertThat(length).isLessThan(size);
                if (body >= 0) {
                    assertThat(text).contains("Content-Length: " + size + "\r\n");
                }
                ServerExchange exchange = exchanges.poll(30, TimeUnit.SECONDS);
                assertThat(exchange).isNotNull();
                assertThat(exchange.complete()).isFalse();
            }
            assertThat(registry.damagedReads()).isEqualTo(2);
            RawResponse rest = server.get("/v2/team/app/blobs/" + digest, "Range: bytes=1-");
            assertThat(rest.status()).as("a part cannot be verified").isEqualTo(206);
        }
    }

    private static byte[] receive(TestServer server, String path, String headers) throws Exception {
        try (RawConnection connection = server.connect()) {
            connection.sendBytes(("GET " + path + " HTTP/1.1\r\nHost: registry.test\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return connection.readUntilBroken();
        }
    }
}
