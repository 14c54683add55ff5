package dev.berth.registry.testing;

import dev.berth.registry.Registry;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
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
 * Starts and closes a {@link TestRegistry} for tests with JUnit Jupiter 5 or 6.
 *
 * <p>With {@link WithRegistry} at a class, or {@code @RegisterExtension} at a static field, the tests of the class share
 * a registry and its content; at an instance field, each test has its own:
 *
 * <pre>{@code
 * @RegisterExtension
 * RegistryExtension extension = RegistryExtension.of(TestRegistry.builder().basicAuth("alice", "secret"));
 *
 * @Test
 * void pulls(TestRegistry registry) { … }
 * }</pre>
 *
 * <p>The extension resolves parameters of the types {@link TestRegistry} and {@link Registry}, and those annotated with
 * {@link RegistryAddress}. Nested classes share the registry of the outer class. A class with several registries gives
 * all extensions but one a {@linkplain #named name}, and its parameters the same name by {@link RegistryName}.
 *
 * <p>{@link #registry()} and {@link #uri()} reach the registry where JUnit passes no parameters, as in a static method
 * that other frameworks call:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final RegistryExtension REGISTRY = new RegistryExtension();
 *
 * @DynamicPropertySource
 * static void properties(DynamicPropertyRegistry properties) {
 *     properties.add("app.registry", REGISTRY::uri);
 * }
 * }</pre>
 *
 * <p>Thread-safe: tests may run in parallel.
 *
 * @since 0.1
 */
public final class RegistryExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
    private static final String KEY = "registry";

    private final TestRegistry.Builder settings;
    private final Optional<String> name;
    private final StartedRegistries started;

    /** Creates an extension that starts empty registries: plain HTTP, without authentication. */
    public RegistryExtension() {
        this(TestRegistry.builder(), Optional.empty());
    }

    private RegistryExtension(TestRegistry.Builder settings, Optional<String> name) {
        this.settings = settings;
        this.name = name;
        this.started = new StartedRegistries(settings);
    }

    /** Creates an extension that starts registries with these settings, which must not be changed afterwards. */
    public static RegistryExtension of(TestRegistry.Builder settings) {
        return new RegistryExtension(Objects.requireNonNull(settings, "settings"), Optional.empty());
    }

    /**
     * Returns an extension with the same settings that resolves only parameters with this {@link RegistryName}. An
     * extension without a name resolves only parameters without one.
     */
    public RegistryExtension named(String newName) {
        return new RegistryExtension(settings, Optional.of(newName));
    }

    /**
     * Returns the registry of the class or test that runs. If JUnit has not called the extension yet, this starts the
     * registry, and the next class or test uses it. It is closed after that class or test, as any other.
     *
     * @throws IllegalStateException if there are several, because classes that run in parallel inherit the static field
     *     of this extension; their tests have to take the registry as a parameter
     */
    public TestRegistry registry() {
        return started.current();
    }

    /**
     * Returns the address of {@link #registry()}, as {@code http://127.0.0.1:41234/}.
     *
     * @throws IllegalStateException as {@link #registry()} and {@link TestRegistry#uri()} do
     */
    public URI uri() {
        return registry().uri();
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

    /** The store of a context includes those of its parents: an existing registry is shared. */
    private void startIfMissing(ExtensionContext context) {
        if (find(context) == null) {
            store(context).put(KEY, started.take());
        }
    }

    /** Removes only what the context itself has stored, so that a shared registry stays open. */
    private void closeOwn(ExtensionContext context) {
        TestRegistry registry = store(context).remove(KEY, TestRegistry.class);
        if (registry != null) {
            started.close(registry);
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
        return name.equals(parameter.findAnnotation(RegistryName.class).map(RegistryName::value))
                && (type == TestRegistry.class
                        || type == Registry.class
                        || parameter.isAnnotated(RegistryAddress.class));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestRegistry registry = find(context);
        if (registry == null) {
            throw new ParameterResolutionException("No registry has been started when "
                    + parameter.getDeclaringExecutable().getName()
                    + " is called, since each test has its own; make the field of the RegistryExtension static");
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

    /** Prints the name, which JUnit shows where two extensions compete for a parameter. */
    @Override
    public String toString() {
        return "RegistryExtension" + name.map(n -> " named " + n).orElse(" without a name");
    }
}
