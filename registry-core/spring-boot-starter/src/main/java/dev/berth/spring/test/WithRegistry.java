package dev.berth.spring.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Gives the application context of a test an empty {@link dev.berth.registry.testing.TestRegistry}: as a bean, and its address in
 * properties. Tests that share a context share the registry, which ends with it.
 *
 * <pre>{@code
 * @SpringBootTest
 * @WithRegistry("images.registry-url")
 * class DeployerTest {
 *     @Autowired TestRegistry registry;
 *     …
 * }
 * }</pre>
 *
 * @since 0.1
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface WithRegistry {

    /**
     * The name of the property that gets the URL of the registry, such as {@code http://127.0.0.1:40123/}. Another one with
     * {@code .address} at its end gets what references begin with, such as {@code 127.0.0.1:40123}.
     */
    String value() default "berth.test.registry";
}
