package dev.berth.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Registry;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.quota.QuotaOptions;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** What an application changes. */
class ReplacedBeansTest {
    private static final BlobSource BLOB = BlobSource.of(new byte[] {1, 2, 3});

    @Configuration(proxyBeanMethods = false)
    @Import(PlainApplication.class)
    static class Changed {
        final MemoryObjectStore store = MemoryObjectStore.create();
        final AtomicBoolean asked = new AtomicBoolean();

        @Bean
        ObjectStore ownStore() {
            return store;
        }

        @Bean
        RegistryAccess ownAccess() {
            return RegistryServer::builder;
        }

        @Bean
        HostedRegistryCustomizer quota() {
            return builder -> builder.quotas(QuotaOptions.of(QuotaLimit.bytes(NamePattern.all(), 1)));
        }

        @Bean
        RegistryServerCustomizer filter() {
            return server -> server.filter((request, next) -> {
                asked.set(true);
                return next.handle(request);
            });
        }
    }

    @Test
    void beansOfTheApplicationAreTaken() throws Exception {
        try (Application application = Application.start(Changed.class)) {
            Changed changed = application.context.getBean(Changed.class);

            assertThat(application.get("/v2/").statusCode()).isEqualTo(200);
            assertThat(application.context.getBean(ObjectStore.class)).isSameAs(changed.store);
            assertThat(changed.asked).isTrue();
            assertThatThrownBy(() -> application
                            .context
                            .getBean(Registry.class)
                            .repository("team/app")
                            .blobs()
                            .push(BLOB))
                    .hasMessageContaining("**");
        }
    }

    @Test
    void theWorkInTheBackgroundEndsWithTheApplication() {
        HostedRegistry hosted;
        try (Application application = Application.start(PlainApplication.class)) {
            hosted = application.context.getBean(HostedRegistry.class);
            assertThatThrownBy(hosted::start).isInstanceOf(IllegalStateException.class);
        }
        assertThatThrownBy(() -> hosted.engine().repository("team/app").tags().resolve(Tag.LATEST))
                .as("closed")
                .isInstanceOf(RuntimeException.class);
    }
}
