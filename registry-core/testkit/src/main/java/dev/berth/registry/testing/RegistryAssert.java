package dev.berth.registry.testing;

import dev.berth.registry.Registry;

/**
 * Assertions about the content of any registry: one in this process, a layout, or a remote one.
 *
 * <pre>{@code
 * assertThat(registry).hasTag("app", "1.0").withDigest("sha256:…");
 * }</pre>
 *
 * <p>They fail with {@link dev.berth.registry.RegistryException} where the registry does.
 *
 * @since 0.1
 */
public final class RegistryAssert extends AbstractRegistryAssert<RegistryAssert, Registry> {
    RegistryAssert(Registry actual) {
        super(actual, RegistryAssert.class);
    }

    @Override
    Registry registry() {
        return actual;
    }
}
