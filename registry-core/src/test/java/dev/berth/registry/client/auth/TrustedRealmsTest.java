package dev.berth.registry.client.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.client.http.NamedHosts;
import dev.berth.registry.internal.transport.Origin;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Credentials go to token services of the registry's host and registrable domain, and to those that are named. */
final class TrustedRealmsTest {

    private static boolean trusts(String registry, String realm, String... named) {
        return new TrustedRealms(Origin.of(URI.create(registry)), new NamedHosts(Set.of(named)))
                .contains(Origin.of(URI.create(realm)));
    }

    @ParameterizedTest
    @CsvSource({
        // The same host, on any port.
        "https://registry.example.org, https://registry.example.org/token",
        "https://registry.example.org, https://registry.example.org:8443/token",
        "https://registry.example.org:5000, https://registry.example.org/token",
        "https://registry.example.org, https://REGISTRY.Example.ORG/token",
        "https://registry.example.org, https://registry.example.org./token",
        "https://registry.example.org., https://registry.example.org/token",
        "http://127.0.0.1:5000, http://127.0.0.1:5001/token",
        "https://[2001:db8::1]:5000, https://[2001:db8::1]/token",
        "https://registry:5000, https://registry/token",
        "https://registry.corp.internal, https://registry.corp.internal/token",
        // The same registrable domain.
        "https://registry.example.org, https://auth.example.org/token",
        "https://registry.example.org, https://auth.example.org./token",
        "https://registry.example.org, https://example.org/token",
        "https://example.org, https://a.b.example.org/token",
        "https://registry.example.co.uk, https://auth.example.co.uk/token",
        "https://registry.xn--bcher-kva.example.org, https://auth.example.org/token",
        "https://registry.xn--bcher-kva.de, https://auth.xn--bcher-kva.de/token",
        "https://team.github.io, https://auth.team.github.io/token",
        // Docker Hub.
        "https://registry-1.docker.io, https://auth.docker.io/token",
        "https://registry.hub.docker.com, https://auth.docker.io/token",
    })
    void containTokenServicesOfTheRegistryItself(String registry, String realm) {
        assertThat(trusts(registry, realm)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://registry.example.org, https://evil.test/token",
        "https://registry.example.org, https://registry.example.org.evil.com/token",
        "https://registry.example.org, https://evil-example.org/token",
        "https://registry.example.org, https://registry.example.com/token",
        "https://registry.example.org, https://org/token",
        // A public suffix has many owners.
        "https://registry.example.co.uk, https://evil.co.uk/token",
        "https://registry.example.co.uk, https://co.uk/token",
        "https://co.uk, https://evil.co.uk/token",
        "https://team.github.io, https://evil.github.io/token",
        "https://team.github.io, https://github.io/token",
        "https://team.s3.amazonaws.com, https://evil.s3.amazonaws.com/token",
        // IP addresses have no domain.
        "https://192.0.2.1, https://192.0.2.2/token",
        "https://[2001:db8::1], https://[2001:db8::2]/token",
        "https://[2001:db8::1], https://registry.example.org/token",
        "http://127.0.0.1:5000, http://localhost:5000/token",
        "http://127.0.0.1:5000, http://127.0.0.2:5000/token",
        "http://localhost:5000, http://[::1]:5000/token",
        // Neither have single labels and names below an unknown suffix.
        "https://registry, https://auth/token",
        "https://registry, https://auth.registry/token",
        "https://registry.localhost, https://auth.localhost/token",
        "https://registry.corp.internal, https://auth.corp.internal/token",
        // An internationalized name is another one than what it looks like.
        "https://registry.example.org, https://registry.xn--exmple-cua.org/token",
        "https://registry.xn--bcher-kva.de, https://auth.bcher.de/token",
        // Docker Hub's token service belongs to Docker Hub alone, and only by TLS.
        "https://registry.example.org, https://auth.docker.io/token",
        "https://registry.hub.docker.com, http://auth.docker.io/token",
        "https://registry.hub.docker.com, https://auth.docker.io:8443/token",
        "https://registry.hub.docker.com, https://other.docker.io/token",
    })
    void containNoOthers(String registry, String realm) {
        assertThat(trusts(registry, realm)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "tokens.test, https://tokens.test/token, true",
        "tokens.test, https://tokens.test:8443/token, true",
        "tokens.test, https://tokens.test./token, true",
        "tokens.test, https://a.tokens.test/token, false",
        "tokens.test:8443, https://tokens.test:8443/token, true",
        "tokens.test:8443, https://tokens.test/token, false",
        "tokens.test:443, https://tokens.test/token, true",
        "Tokens.TEST., https://tokens.test/token, true",
        "bücher.test, https://xn--bcher-kva.test/token, true",
        "192.0.2.2, https://192.0.2.2/token, true",
        "[2001:db8::2], https://[2001:db8::2]/token, true",
        "[2001:db8::2]:8443, https://[2001:db8::2]/token, false",
    })
    void containWhatTheOptionsName(String name, String realm, boolean contained) {
        assertThat(trusts("https://registry.example.org", realm, NamedHosts.normalize(name)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "*",
                "*.example.org",
                "https://tokens.test",
                "tokens.test/token",
                "bob@tokens.test",
                "tokens.test:0",
                "tokens.test:65536",
                "tokens.test:https",
                "tokens.test?x",
                "tokens.test#x",
                "a b",
                "a,b",
            })
    void haveNamesOfHostsOnly(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NamedHosts.normalize(text))
                .withMessageContaining("host or host:port");
    }
}
