package dev.berth.registry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.net.InetAddresses;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server believes of the client behind a reverse proxy. */
class TrustedProxiesTest {
    private static final TrustedProxies X_FORWARDED = TrustedProxies.of("10.0.0.0/8", "2001:db8::/33", "192.0.2.7");
    private static final TrustedProxies FORWARDED =
            TrustedProxies.settingForwarded("10.0.0.0/8", "2001:db8::/33", "192.0.2.7");

    /** What the server found, as {@code address port scheme host}. */
    private static String found(TrustedProxies proxies, String peer, String... headers) throws Exception {
        List<String> seen = new ArrayList<>();
        RegistryHandler handler = RegistryServer.builder(TestServer.newRegistry())
                .trustedProxies(proxies)
                .filter((request, next) -> {
                    InetSocketAddress client = request.remoteAddress().orElseThrow();
                    seen.add(InetAddresses.toAddrString(client.getAddress())
                            + " " + client.getPort()
                            + (request.secure() ? " https " : " http ")
                            + request.host().orElse("-"));
                    return next.handle(request);
                })
                .build()
                .handler();
        RegistryRequest.Builder request = RegistryRequest.builder("GET", "/v2/")
                .remoteAddress(new InetSocketAddress(InetAddresses.forString(peer), 999))
                .header("Host", "inner.test");
        for (String header : headers) {
            int colon = header.indexOf(':');
            request.header(
                    header.substring(0, colon), header.substring(colon + 1).strip());
        }
        handler.handle(request.build()).close();
        return seen.get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.2.3        | 198.51.100.1                        | 198.51.100.1 0",
                "10.1.2.3        | 198.51.100.1:4711                   | 198.51.100.1 4711",
                "10.1.2.3        | 2001:db9::1                         | 2001:db9::1 0",
                "10.1.2.3        | [2001:db9::1]:80                    | 2001:db9::1 80",
                "2001:db8::1     | 198.51.100.1                        | 198.51.100.1 0",
                "192.0.2.7       | 198.51.100.1                        | 198.51.100.1 0",
                "10.1.2.3        | 203.0.113.5, 198.51.100.1           | 198.51.100.1 0",
                "10.1.2.3        | 203.0.113.5, 198.51.100.1, 10.0.0.1 | 198.51.100.1 0",
                "10.1.2.3        | 10.0.0.2, 10.0.0.1                  | 10.0.0.2 0",
                "10.1.2.3        | 203.0.113.5, unknown, 10.0.0.1      | 10.0.0.1 0",
                "10.1.2.3        | 203.0.113.5, registry.test          | 10.1.2.3 999",
                "10.1.2.3        | ,                                   | 10.1.2.3 999",
                "192.0.2.8       | 203.0.113.5                         | 192.0.2.8 999",
                "11.0.0.1        | 203.0.113.5                         | 11.0.0.1 999",
                "2001:db8:8000:: | 203.0.113.5                         | 2001:db8:8000:: 999",
            })
    void takesTheLastHopThatIsNoTrustedProxy(String peer, String forwardedFor, String client) throws Exception {
        assertThat(found(X_FORWARDED, peer, "X-Forwarded-For: " + forwardedFor)).isEqualTo(client + " http inner.test");
    }

    @Test
    void joinsFieldsThatComeRepeatedly() throws Exception {
        assertThat(found(X_FORWARDED, "10.0.0.1", "X-Forwarded-For: 203.0.113.5", "X-Forwarded-For: 198.51.100.1"))
                .startsWith("198.51.100.1 ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.1           | https       | pub.test       | https pub.test",
                "198.51.100.1           | HTTPS       | pub.test:8443  | https pub.test:8443",
                "198.51.100.1           | gopher      | a b            | http inner.test",
                "198.51.100.1           | https       | x\"y           | https inner.test",
                "198.51.100.1, 10.0.0.1 | https, http | a.test, b.test | https a.test",
                "198.51.100.1, 10.0.0.1 | https       | a.test         | https a.test",
                "6.6.6.6, 198.51.100.1  | https, http | a.test, b.test | http b.test",
            })
    void takesSchemeAndHostOfTheSameHop(String addresses, String scheme, String host, String found) throws Exception {
        assertThat(found(
                        X_FORWARDED,
                        "10.0.0.9",
                        "X-Forwarded-For: " + addresses,
                        "X-Forwarded-Proto: " + scheme,
                        "X-Forwarded-Host: " + host))
                .endsWith(" 0 " + found);
    }

    @Test
    void takesSchemeAndHostWithoutAnAddress() throws Exception {
        assertThat(found(X_FORWARDED, "10.0.0.9", "X-Forwarded-Proto: https", "X-Forwarded-Host: pub.test"))
                .isEqualTo("10.0.0.9 999 https pub.test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "for=198.51.100.1;proto=https;host=pub.test           | 198.51.100.1 0 https pub.test",
                "For=\"198.51.100.1:4711\"; Proto=https               | 198.51.100.1 4711 https inner.test",
                "for=\"[2001:db9::1]:80\";host=\"pub.test:8443\"      | 2001:db9::1 80 http pub.test:8443",
                "for=6.6.6.6, for=198.51.100.1, for=10.0.0.1          | 198.51.100.1 0 http inner.test",
                "for=\"6.6.6.6, for=7.7.7.7\", for=198.51.100.1       | 198.51.100.1 0 http inner.test",
                "for=6.6.6.6, for=_hidden;proto=https                 | 10.0.0.9 999 https inner.test",
                "proto=https                                          | 10.0.0.9 999 https inner.test",
                "for                                                  | 10.0.0.9 999 http inner.test",
                "for=\"198.51.100.1                                   | 10.0.0.9 999 http inner.test",
            })
    void readsTheStandardFieldWhereThatIsSet(String forwarded, String found) throws Exception {
        assertThat(found(FORWARDED, "10.0.0.9", "Forwarded: " + forwarded)).isEqualTo(found);
    }

    @Test
    void readsOnlyTheFieldThatTheProxySets() throws Exception {
        String[] both = {"X-Forwarded-For: 198.51.100.1", "Forwarded: for=203.0.113.5"};

        assertThat(found(X_FORWARDED, "10.0.0.9", both)).startsWith("198.51.100.1 ");
        assertThat(found(FORWARDED, "10.0.0.9", both)).startsWith("203.0.113.5 ");
        assertThat(found(X_FORWARDED, "10.0.0.9", both[1])).startsWith("10.0.0.9 ");
    }

    @Test
    void believesNobodyUnlessProxiesAreNamed() throws Exception {
        assertThat(found(
                        TrustedProxies.none(),
                        "127.0.0.1",
                        "X-Forwarded-For: 198.51.100.1",
                        "X-Forwarded-Proto: https",
                        "X-Forwarded-Host: pub.test"))
                .isEqualTo("127.0.0.1 999 http inner.test");
    }

    @Test
    void tellsTheClientToObserversOverSockets() throws Exception {
        List<ServerExchange> exchanges = new ArrayList<>();
        try (TestServer server = TestServer.start(
                builder -> builder.trustedProxies("127.0.0.0/8").observer(exchanges::add))) {
            server.get("/v2/", "X-Forwarded-For: 198.51.100.1");
        }

        assertThat(exchanges.get(0).remoteAddress().orElseThrow().getAddress())
                .isEqualTo(InetAddresses.forString("198.51.100.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "proxy.test", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0/8", "::/129"
            })
    void takesOnlyAddressesAndRanges(String network) {
        assertThatThrownBy(() -> TrustedProxies.of(network)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void canBeEveryone() throws Exception {
        assertThat(found(TrustedProxies.of("0.0.0.0/0"), "203.0.113.5", "X-Forwarded-For: 2001:db8::1"))
                .startsWith("2001:db8::1 ");
    }
}
