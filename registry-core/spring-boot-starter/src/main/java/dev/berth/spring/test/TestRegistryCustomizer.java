package dev.berth.spring.test;

import dev.berth.registry.testing.TestRegistry;
import java.util.Map;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts a registry with a context. Two are equal if they set the same property, so that their tests share a context.
 *
 * @param property the name of the property
 */
record TestRegistryCustomizer(String property) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        TestRegistry registry = TestRegistry.start();
        context.getBeanFactory().registerSingleton("testRegistry", registry);
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "testRegistry",
                        Map.of(property, registry.uri().toString(), property + ".address", registry.address())));
        ApplicationListener<ContextClosedEvent> closing = event -> {
            if (event.getApplicationContext().equals(context)) {
                registry.close();
            }
        };
        context.addApplicationListener(closing);
    }
}
