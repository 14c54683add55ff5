package dev.berth.registry.internal.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Registry;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs client and server with real old jars, which the build copies to {@code target}. */
class OldHttpLibrariesTest {
    private static final Path OLD = Path.of("target/old-http");
    private static final String CORE = "httpcore5-5.2.4.jar";

    @ParameterizedTest
    @ValueSource(strings = {"5.2.3", "5.3.1"})
    void aRemoteRegistryRefusesAnOldHttpClientAndTellsTheReleases(String release) throws Exception {
        try (URLClassLoader old = loader("httpclient5-" + release + ".jar", CORE)) {
            assertThatThrownBy(() -> remoteRegistry(old))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("A remote registry requires HttpClient 5.4 and HttpCore 5.3, or later;"
                            + " found are HttpClient " + release + " and HttpCore 5.2.4.");
        }
    }

    @Test
    void aRemoteRegistryRefusesAnOldHttpCoreBesideANewHttpClient() throws Exception {
        try (URLClassLoader old = loader(CORE)) {
            assertThatThrownBy(() -> remoteRegistry(old))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("HttpCore 5.2.4");
        }
    }

    @Test
    void aRemoteRegistryRefusesAnOldHttpClientBesideANewHttpCore() throws Exception {
        try (URLClassLoader old = loader("httpclient5-5.3.1.jar")) {
            assertThatThrownBy(() -> remoteRegistry(old))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("found are HttpClient 5.3.1 and");
        }
    }

    @Test
    void aServerNeedsNeither() throws Exception {
        try (URLClassLoader old = loader("httpclient5-5.2.3.jar", CORE)) {
            server(old).close();
        }
    }

    @Test
    void whatTheTestsRunWithIsNewEnough() throws Exception {
        try (URLClassLoader present = loader()) {
            remoteRegistry(present).close();
            server(present).close();
        }
    }

    private static AutoCloseable remoteRegistry(ClassLoader loader) throws Exception {
        return (AutoCloseable) call(loader, RemoteRegistry.class, "at", String.class, "localhost:1");
    }

    private static AutoCloseable server(ClassLoader loader) throws Exception {
        Object store = loader.loadClass(MemoryObjectStore.class.getName())
                .getMethod("create")
                .invoke(null);
        Object registry = call(loader, StorageRegistry.class, "over", ObjectStore.class, store);
        Object builder = call(loader, RegistryServer.class, "builder", Registry.class, registry);
        try {
            return (AutoCloseable) builder.getClass().getMethod("build").invoke(builder);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static Object call(ClassLoader loader, Class<?> type, String method, Class<?> parameter, Object argument)
            throws Exception {
        try {
            return loader.loadClass(type.getName())
                    .getMethod(method, loader.loadClass(parameter.getName()))
                    .invoke(null, argument);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    /** Returns a loader of what the tests have, with these jars in place of other releases. */
    private static URLClassLoader loader(String... jars) throws IOException {
        List<URL> urls = new ArrayList<>();
        for (String jar : jars) {
            Path file = OLD.resolve(jar);
            assertThat(file).exists();
            urls.add(file.toUri().toURL());
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            if (!isReplaced(entry, jars)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    private static boolean isReplaced(String entry, String... jars) {
        String name = Path.of(entry).getFileName().toString();
        return Stream.of(jars).anyMatch(jar -> name.matches(jar.substring(0, jar.indexOf('-') + 1) + "[\\d.]+\\.jar"));
    }
}
