package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.RawServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A registry behind a proxy that the JVM's properties name, and that wants to know who is there. */
@Timeout(60)
@ResourceLock(Resources.SYSTEM_PROPERTIES)
@Isolated("it sets properties of the JVM")
final class JvmProxyTest {
    private final Map<String, String> before = new HashMap<>();
    private final List<String> heads = new CopyOnWriteArrayList<>();

    private void property(String name, String value) {
        before.put(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }

    private RawServer proxy() throws IOException {
        return new RawServer(connection -> {
            String head = RawServer.readHead(connection);
            heads.add(head);
            // Ym9iOnB3 is bob:pw.
            RawServer.send(
                    connection,
                    head.contains("Proxy-Authorization: Basic Ym9iOnB3")
                            ? "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
                            : "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n");
        });
    }

    private static RemoteRegistry connect() {
        return RemoteRegistry.at(
                "registry.invalid",
                RemoteOptions.builder().plainHttp("registry.invalid").build());
    }

    @Test
    void goesThroughTheProxy() throws IOException {
        try (RawServer proxy = proxy()) {
            property("http.proxyHost", "127.0.0.1");
            property("http.proxyPort", Integer.toString(proxy.port()));
            property("http.proxyUser", "bob");
            property("http.proxyPassword", "pw");
            try (RemoteRegistry registry = connect()) {
                assertThat(registry.repository(RepositoryName.parse("team/app"))
                                .manifests()
                                .find(Tag.parse("1")))
                        .isEmpty();
            }
            assertThat(heads)
                    .singleElement()
                    .asString()
                    .startsWith("HEAD http://registry.invalid/v2/team/app/manifests/1 HTTP/1.1\r\n");
        }
    }

    @Test
    void saysThatTheProxyRefusesThePassword() throws IOException {
        try (RawServer proxy = proxy()) {
            property("http.proxyHost", "127.0.0.1");
            property("http.proxyPort", Integer.toString(proxy.port()));
            property("http.proxyUser", "bob");
            property("http.proxyPassword", "s3cret");
            try (RemoteRegistry registry = connect()) {
                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> registry.repository(RepositoryName.parse("team/app"))
                                .manifests()
                                .find(Tag.parse("1")))
                        .matches(e -> e.code() == ErrorCode.UNAVAILABLE)
                        .withMessageContaining("The proxy " + proxy.address())
                        .withMessageNotContaining("s3cret");
            }
        }
    }

    @Test
    void bypassesTheProxyForExceptedHosts() throws IOException {
        try (RawServer proxy = proxy()) {
            property("http.proxyHost", "127.0.0.1");
            property("http.proxyPort", Integer.toString(proxy.port()));
            property("http.nonProxyHosts", "*.invalid");
            try (RemoteRegistry registry = connect()) {
                assertThatExceptionOfType(RegistryException.class)
                        .isThrownBy(() -> registry.repository(RepositoryName.parse("team/app"))
                                .manifests()
                                .find(Tag.parse("1")))
                        .withMessageContaining("registry.invalid")
                        .withMessageContaining("does not resolve");
            }
            assertThat(heads).isEmpty();
        }
    }
}
