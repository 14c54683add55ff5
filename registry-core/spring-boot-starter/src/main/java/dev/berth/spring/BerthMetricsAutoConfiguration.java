package dev.berth.spring;

import dev.berth.registry.metrics.Metrics;
import dev.berth.registry.micrometer.MetricsBinder;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * The metrics of the registry among those of the application, where there is Micrometer.
 *
 * @since 0.1
 */
@AutoConfiguration(before = BerthAutoConfiguration.class)
@ConditionalOnProperty(prefix = "berth", name = "enabled", matchIfMissing = true)
@ConditionalOnClass(MeterRegistry.class)
public class BerthMetricsAutoConfiguration {
    /** Creates it. */
    public BerthMetricsAutoConfiguration() {}

    /** Returns what the registry counts. */
    @Bean
    @ConditionalOnMissingBean
    Metrics berthMetrics() {
        return new Metrics();
    }

    /** Returns what shows it in Micrometer. */
    @Bean
    @ConditionalOnMissingBean
    MetricsBinder berthMetricsBinder(Metrics metrics) {
        return MetricsBinder.of(metrics);
    }
}
