package dev.berth.spring;

import dev.berth.registry.Registry;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.host.CollectionSchedule;
import dev.berth.registry.host.HostedRegistry;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.host.ScrubSchedule;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/**
 * A registry from properties: its store, its layers, its work in the background.
 *
 * @since 0.1
 */
@AutoConfiguration
@ConditionalOnProperty(prefix = "berth", name = "enabled", matchIfMissing = true)
@EnableConfigurationProperties(BerthProperties.class)
public class BerthAutoConfiguration {
    private static final int CALLS_PER_SECOND = 500;
    private static final int COLLECTION_THREADS = 8;

    /** Creates it. */
    public BerthAutoConfiguration() {}

    /** Returns the store of the registry. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(ObjectStore.class)
    ObjectStore berthStore(BerthProperties properties) throws IOException {
        return Stores.open(properties.storage());
    }

    /** Returns the registry with its layers. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    HostedRegistry hostedRegistry(
            ObjectStore store,
            BerthProperties properties,
            ObjectProvider<EventSink> sinks,
            ObjectProvider<AuditListener> audit,
            ObjectProvider<Metrics> metrics,
            ObjectProvider<HostedRegistryCustomizer> customizers) {
        HostedRegistryBuilder builder = builder(store, properties);
        sinks.orderedStream().forEach(builder::events);
        AuditListener audited = AuditListener.allOf(audit.orderedStream().toList());
        builder.audit(audited);
        metrics.ifAvailable(builder::metrics);
        if (!properties.mirrors().isEmpty()) {
            builder.mirrors(new MirrorLayer(properties.mirrors(), audited, metrics.getIfAvailable()));
        }
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static HostedRegistryBuilder builder(ObjectStore store, BerthProperties properties) {
        HostedRegistryBuilder builder = HostedRegistry.builder(store)
                .engine(StorageOptions.builder().undelete(properties.undelete()).build());
        if (properties.readOnly()) {
            builder.readOnly();
        }
        if (!properties.deletion()) {
            builder.withoutDeletion();
        }
        BerthProperties.Collection collection = properties.collection();
        if (collection.enabled()) {
            CollectionOptions options = CollectionOptions.builder()
                    .grace(collection.grace())
                    .callsPerSecond(CALLS_PER_SECOND)
                    .build();
            builder.collection(new CollectionSchedule(
                    collection.interval(), collection.fullInterval(), COLLECTION_THREADS, options));
        }
        BerthProperties.Scrub scrub = properties.scrub();
        if (scrub.enabled()) {
            ScrubOptions options = ScrubOptions.builder()
                    .bytesPerSecond(scrub.rate().toBytes())
                    .build();
            builder.scrub(new ScrubSchedule(scrub.interval(), options));
        }
        return builder;
    }

    /** Returns the registry for the code of the application: rules and quotas hold for it, and nobody checks rights. */
    @Bean(destroyMethod = "")
    @ConditionalOnMissingBean
    Registry registry(HostedRegistry hosted) {
        return hosted.registry("application");
    }

    /** Returns what starts and ends the work in the background. */
    @Bean
    HostedRegistryLifecycle hostedRegistryLifecycle(HostedRegistry hosted) {
        return new HostedRegistryLifecycle(hosted);
    }
}
