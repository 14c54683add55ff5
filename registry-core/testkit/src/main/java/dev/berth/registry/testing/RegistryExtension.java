package dev.berth.registry.testing;

import dev.berth.registry.Registry;
import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts and closes a {@link TestRegistry} for tests with JUnit Jupiter 5 or newer, which is an optional dependency.
 *
 * <p>With {@link WithRegistry} at a class, or {@code @RegisterExtension} at a static field, the tests of the class share
 * a registry, with everything that they put into it; at an instance field, each test has its own:
 *
 * <pre>{@code
 * @RegisterExtension
 * RegistryExtension registry = RegistryExtension.of(TestRegistry.builder().basicAuth("alice", "secret"));
 *
 * @Test
 * void pulls(TestRegistry registry) { … }
 * }</pre>
 *
 * <p>Parameters of the types {@link TestRegistry} and {@link Registry} are set, and those marked with
 * {@link RegistryAddress}. Nested classes share what the outer class shares. Tests may run in parallel: the extension
 * holds nothing but its settings. Where a test needs several registries, it starts the others itself.
 */
// Whoever uses this reads that module anyway; others need not have it.
@SuppressWarnings("exports")
public final class RegistryExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final String KEY = "registry";

    private final TestRegistry.Builder settings;

    /** Starts empty registries: plain HTTP, open to everyone. */
    public RegistryExtension() {
        this(TestRegistry.builder());
    }

    private RegistryExtension(TestRegistry.Builder settings) {
        this.settings = settings;
    }

    /** Starts registries with these settings, which must not be changed afterwards. */
    public static RegistryExtension of(TestRegistry.Builder settings) {
        return new RegistryExtension(Objects.requireNonNull(settings, "settings"));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        startIfMissing(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        startIfMissing(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeOwn(context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeOwn(context);
    }

    /** A store also shows what those of the enclosing contexts hold: where there is a registry, it is shared. */
    private void startIfMissing(ExtensionContext context) {
        if (find(context) == null) {
            store(context).put(KEY, settings.start());
        }
    }

    /** Removing only concerns the context's own store, so nobody closes what is shared too early. */
    private void closeOwn(ExtensionContext context) {
        TestRegistry registry = store(context).remove(KEY, TestRegistry.class);
        if (registry != null) {
            registry.close();
        }
    }

    private @Nullable TestRegistry find(ExtensionContext context) {
        return store(context).get(KEY, TestRegistry.class);
    }

    private ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(RegistryExtension.class, this));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == TestRegistry.class || type == Registry.class || parameter.isAnnotated(RegistryAddress.class);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestRegistry registry = find(context);
        if (registry == null) {
            throw new ParameterResolutionException("There is no registry yet where "
                    + parameter.getDeclaringExecutable().getName()
                    + " wants one, since each test has its own; make the field of the RegistryExtension static");
        }
        Class<?> type = parameter.getParameter().getType();
        if (type == TestRegistry.class) {
            return registry;
        }
        if (type == Registry.class) {
            return registry.registry();
        }
        if (type == URI.class) {
            return registry.uri();
        }
        if (type == String.class) {
            return registry.address();
        }
        throw new ParameterResolutionException(
                "A parameter with @RegistryAddress is a String or a URI, not a " + type.getName());
    }
}
