package dev.berth.spring.test;

import static dev.berth.registry.testing.RegistryAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.testing.TestImages;
import dev.berth.registry.testing.TestRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.junit.jupiter.SpringExtension;

@ExtendWith(SpringExtension.class)
@ContextConfiguration(classes = WithRegistryTest.Client.class)
@WithRegistry("images.registry-url")
class WithRegistryTest {
    @Configuration(proxyBeanMethods = false)
    static class Client {
        @Value("${images.registry-url}")
        private String url;

        @Value("${images.registry-url.address}")
        private String address;
    }

    @Autowired
    private Client client;

    @Autowired
    private TestRegistry registry;

    @Test
    void theApplicationKnowsTheRegistryOfTheTest() {
        var unused = registry.push("app:1.0", TestImages.empty());

        assertThat(client.url).isEqualTo(registry.uri().toString());
        assertThat(client.address).isEqualTo(registry.address());
        assertThat(registry).hasTag("app", "1.0");
    }
}
