package dev.berth.examples.spring;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.spring.HostedRegistryCustomizer;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application with a page that shows which repositories its registry has. */
@SpringBootApplication
public class Shop {
    /** Starts it. */
    public static void main(String[] arguments) {
        SpringApplication.run(Shop.class, arguments);
    }

    /** The images of the shop may use ten gigabytes: what properties do not say. */
    @Bean
    HostedRegistryCustomizer quota() {
        QuotaLimit limit = QuotaLimit.bytes(NamePattern.parse("shop/**"), 10_000_000_000L);
        return registry -> registry.quotas(QuotaOptions.of(limit));
    }

    /** The page. */
    @RestController
    static class Page {
        private final Registry registry;

        Page(Registry registry) {
            this.registry = registry;
        }

        @GetMapping("/")
        String repositories() {
            return registry.repositories().stream()
                    .map(RepositoryName::toString)
                    .collect(Collectors.joining("\n", "Repositories:\n", "\n"));
        }
    }
}
