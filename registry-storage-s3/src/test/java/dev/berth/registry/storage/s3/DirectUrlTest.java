package dev.berth.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Addresses that anyone can read an object from. */
class DirectUrlTest {
    private static final ObjectKey KEY = ObjectKey.of("direct/a b+c");

    private final Gateway gateway = S3Proxy.get();

    @Test
    void servesTheObjectWithoutCredentials() throws IOException {
        try (S3ObjectStore store = gateway.newStore()) {
            store.put(KEY, new byte[] {1, 2, 3}, PutCondition.always());
            URI address = store.directUrl(KEY, Duration.ofMinutes(1)).orElseThrow();
            try (InputStream body = address.toURL().openStream()) {
                assertThat(body.readAllBytes()).containsExactly(1, 2, 3);
            }
            URI forged = URI.create(address.toString().replaceAll("X-Amz-Signature=.", "X-Amz-Signature=x"));
            HttpURLConnection connection = (HttpURLConnection) forged.toURL().openConnection();
            assertThat(connection.getResponseCode()).isEqualTo(403);
        }
    }

    @Test
    void namesThePublicEndpoint() throws IOException {
        S3StorageOptions options = gateway.options("p")
                .publicEndpoint(URI.create("https://images.example.com"))
                .build();
        try (S3ObjectStore store = S3ObjectStore.open(options)) {
            URI address = store.directUrl(KEY, Duration.ofMinutes(1)).orElseThrow();
            assertThat(address.toString())
                    .startsWith("https://images.example.com/" + gateway.bucket() + "/p/direct/a%20b%2Bc?");
            assertThat(address.getRawQuery()).contains("X-Amz-Expires=60");
        }
    }
}
