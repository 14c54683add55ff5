package dev.berth.registry.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Selects the registry of a test parameter by name, where a class has several {@link RegistryExtension}s:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RegistryExtension SOURCE = new RegistryExtension().named("source");
 *
 * @RegisterExtension
 * static final RegistryExtension TARGET = new RegistryExtension().named("target");
 *
 * @Test
 * void copies(@RegistryName("source") TestRegistry source, @RegistryName("target") TestRegistry target) { … }
 * }</pre>
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegistryName {
    /** Returns the name that was passed to {@link RegistryExtension#named}. */
    String value();
}
