package dev.berth.registry.testing;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test parameter that {@link RegistryExtension} sets to the address of the registry: a {@code String} to
 * {@code host:port}, a {@link java.net.URI} to {@code http://host:port/}.
 *
 * @since 0.1
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface RegistryAddress {}
