package dev.berth.spring.test;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Finds {@link WithRegistry} at the classes of tests. */
final class TestRegistryCustomizerFactory implements ContextCustomizerFactory {
    TestRegistryCustomizerFactory() {}

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        WithRegistry wanted = AnnotatedElementUtils.findMergedAnnotation(testClass, WithRegistry.class);
        return wanted == null ? null : new TestRegistryCustomizer(wanted.value());
    }
}
