package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** The server as a function from requests to responses. */
class HandlerWithoutSocketTest {
    private final byte[] blob = Samples.bytes(10_000, 1);
    private final Digest digest = Digest.sha256(blob);
    private final List<ServerExchange> observed = new ArrayList<>();
    private final RegistryHandler handler = RegistryServer.builder(TestServer.newRegistry())
            .observer(observed::add)
            .build()
            .handler();

    private RegistryResponse post(InputStream body, OptionalLong length) throws IOException {
        return handler.handle(RegistryRequest.builder("POST", "/v2/a/blobs/uploads/?digest=" + digest)
                .body(body, length)
                .build());
    }

    @Test
    void storesAndServesABlob() throws Exception {
        for (OptionalLong length : new OptionalLong[] {OptionalLong.of(blob.length), OptionalLong.empty()}) {
            try (RegistryResponse response = post(new ByteArrayInputStream(blob), length)) {
                assertThat(response.status()).isEqualTo(201);
            }
        }
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        try (RegistryResponse response = handler.handle(RegistryRequest.builder("GET", "/v2/a/blobs/" + digest)
                .header("Range", "bytes=10-19")
                .build())) {
            assertThat(response.status()).isEqualTo(206);
            assertThat(response.body().length()).hasValue(10);
            response.body().writeTo(output);
        }
        assertThat(output.size()).isEqualTo(10);
        assertThat(observed).extracting(ServerExchange::bytesIn).containsExactly(10_000L, 10_000L, 0L);
        assertThat(observed).extracting(ServerExchange::bytesOut).containsExactly(0L, 0L, 10L);
        assertThat(observed).extracting(ServerExchange::remoteAddress).allMatch(address -> address.isEmpty());
    }

    @Test
    void throwsWhenTheClientIsGone() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("gone");
            }
        };

        assertThatThrownBy(() -> post(broken, OptionalLong.of(5)))
                .isInstanceOf(EOFException.class)
                .hasMessage("gone");
        assertThat(observed).extracting(ServerExchange::status).containsExactly(0);
    }

    @Test
    void tellsTheLengthOfAResponseToHead() throws Exception {
        post(new ByteArrayInputStream(blob), OptionalLong.of(blob.length)).close();

        try (RegistryResponse response = handler.handle(
                RegistryRequest.builder("HEAD", "/v2/a/blobs/" + digest).build())) {
            assertThat(response.body().length()).hasValue(blob.length);
        }
    }

    @Test
    void refusesToBuildMalformedMessages() {
        assertThatThrownBy(() -> RegistryRequest.builder("GE T", "/").build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegistryRequest.builder("GET", "x").build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegistryRequest.builder("GET", "/").header("x", "a\r\nb: c"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RegistryResponse.builder(99)).isInstanceOf(IllegalArgumentException.class);
    }
}
