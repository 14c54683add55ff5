package dev.berth.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import org.junit.jupiter.api.Test;

class HostingTest {
    @Test
    void servesARegistryWhileItIsUsed() throws IOException {
        Hosting.host(registry -> assertThat(status(registry.resolve("/v2/"))).isEqualTo(200));
    }

    static int status(URI address) {
        try {
            return ((HttpURLConnection) address.toURL().openConnection()).getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
