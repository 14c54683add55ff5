package dev.berth.registry.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.contract.Cases;
import java.net.URI;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which proxy leads where. */
final class ProxySettingsTest {

    private static boolean isProxied(ProxySettings settings, String address) {
        return settings.find(Origin.of(URI.create(address))).isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    example.com               | https://example.com       | false
                    example.com               | https://a.example.com     | false
                    example.com               | https://badexample.com    | true
                    .example.com              | https://a.example.com     | false
                    .example.com              | https://example.com       | true
                    *.example.com             | https://a.example.com     | false
                    EXAMPLE.com               | https://Example.COM       | false
                    example.com:8443          | https://example.com:8443  | false
                    example.com:8443          | https://example.com       | true
                    10.0.0.0/8                | https://10.1.2.3          | false
                    10.0.0.0/8                | https://11.1.2.3          | true
                    10.0.0.0/8                | https://ten.example.com   | true
                    192.0.2.7                 | https://192.0.2.7:5000    | false
                    192.0.2.7:443             | https://192.0.2.7:5000    | true
                    2001:db8::/32             | https://[2001:db8::1]     | false
                    [2001:db8::1]             | https://[2001:db8::1]     | false
                    [2001:db8::1]:5000        | https://[2001:db8::1]     | true
                    a.com, b.com ,c.com       | https://b.com             | false
                    *                         | https://example.com       | false
                    ''                        | https://example.com       | true
                    10.0.0.0/99               | https://10.0.0.1          | true
                    """)
    void readsNoProxyAsMostProgramsDo(String noProxy, String address, boolean proxied) {
        ProxySettings settings =
                ProxySettings.of(new Properties(), Map.of("HTTPS_PROXY", "proxy:3128", "NO_PROXY", noProxy));

        assertThat(isProxied(settings, address)).isEqualTo(proxied);
    }

    @Test
    void leadsNowhereWhereThisMachineIsMeant() {
        Cases.of("https://localhost:5000", "https://127.0.0.1", "https://[::1]:5000")
                .check(address -> {
                    ProxySettings variables = ProxySettings.of(new Properties(), Map.of("HTTPS_PROXY", "proxy:3128"));
                    Properties properties = new Properties();
                    properties.setProperty("https.proxyHost", "proxy");

                    assertThat(isProxied(variables, address)).isFalse();
                    assertThat(isProxied(ProxySettings.of(properties, Map.of()), address))
                            .isFalse();
                });
    }

    @Test
    void tellsTheTwoKindsOfAddressesApart() {
        ProxySettings settings = ProxySettings.of(new Properties(), Map.of("https_proxy", "http://proxy:3128/"));

        assertThat(isProxied(settings, "https://example.com")).isTrue();
        assertThat(isProxied(settings, "http://example.com")).isFalse();
    }

    @Test
    void takesThePropertiesOfTheJvmBeforeTheVariables() {
        Properties properties = new Properties();
        properties.setProperty("https.proxyHost", "byproperty");
        properties.setProperty("http.nonProxyHosts", "*.internal|10.*");
        ProxySettings settings = ProxySettings.of(properties, Map.of("HTTPS_PROXY", "byvariable:1"));

        assertThat(settings.find(Origin.of(URI.create("https://example.com"))))
                .contains(new ProxyAddress("byproperty", 443, "", ""));
        assertThat(isProxied(settings, "https://a.internal")).isFalse();
        assertThat(isProxied(settings, "https://10.1.2.3")).isFalse();
    }

    @Test
    void doesNotBelieveAVariableThatAWebServerMayHaveSet() {
        ProxySettings settings =
                ProxySettings.of(new Properties(), Map.of("HTTP_PROXY", "evil:1", "REQUEST_METHOD", "GET"));

        assertThat(isProxied(settings, "http://example.com")).isFalse();
    }

    @Test
    void namesTheVariableThatCannotBeUsedWithoutItsPassword() {
        Cases.of("http://", "https://u:secret@proxy:1", "socks5://u:secret@proxy:1", "http://u:secret@:1", "::secret")
                .check(value -> {
                    ProxySettings settings = ProxySettings.of(new Properties(), Map.of("HTTPS_PROXY", value));

                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> settings.find(Origin.of(URI.create("https://example.com"))))
                            .withMessageContaining("HTTPS_PROXY")
                            .matches(e -> !String.valueOf(e.getMessage()).contains("secret"));
                });
    }

    @Test
    void printsNoPassword() {
        assertThat(ProxyAddress.parse("http://bob:secret@proxy:3128").toString())
                .isEqualTo("proxy:3128");
    }
}
