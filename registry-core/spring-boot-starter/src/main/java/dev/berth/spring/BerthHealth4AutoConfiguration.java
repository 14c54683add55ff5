package dev.berth.spring;

import dev.berth.registry.host.HostedRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.context.annotation.Bean;

/**
 * The health of the registry among that of the application, in Spring Boot 4.
 *
 * @since 0.1
 */
@AutoConfiguration(after = BerthAutoConfiguration.class)
@ConditionalOnClass({AbstractHealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(HostedRegistry.class)
@ConditionalOnEnabledHealthIndicator("berth")
public class BerthHealth4AutoConfiguration {
    /** Creates it. */
    public BerthHealth4AutoConfiguration() {}

    /** Returns an indicator that asks the store. */
    @Bean
    @ConditionalOnMissingBean(name = "berthHealthIndicator")
    AbstractHealthIndicator berthHealthIndicator(HostedRegistry hosted) {
        return new AbstractHealthIndicator("The registry does not answer") {
            @Override
            protected void doHealthCheck(Health.Builder builder) {
                hosted.engine().checkHealth();
                builder.up();
            }
        };
    }
}
