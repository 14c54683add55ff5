package dev.berth.registry.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The open registries of one {@link RegistryExtension}: usually one; several where classes that run in parallel inherit a
 * static field. Thread-safe.
 */
final class StartedRegistries {
    private final TestRegistry.Builder settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<TestRegistry> owned = new ArrayList<>();

    /** Started by an accessor before JUnit called the extension; the next class or test takes it over. */
    private @Nullable TestRegistry early;

    StartedRegistries(TestRegistry.Builder settings) {
        this.settings = settings;
    }

    /** Returns the open registry, or starts one that the next {@link #take} returns. */
    TestRegistry current() {
        lock.lock();
        try {
            if (owned.size() > 1) {
                throw new IllegalStateException("This RegistryExtension has " + owned.size()
                        + " registries at present, since several classes that run in parallel inherit its field;"
                        + " take the registry as a parameter, or give each class a field of its own");
            }
            if (!owned.isEmpty()) {
                return owned.get(0);
            }
            if (early == null) {
                early = settings.start();
            }
            return early;
        } finally {
            lock.unlock();
        }
    }

    /** Returns a registry for a class or a test, which passes it to {@link #close} at its end. */
    TestRegistry take() {
        lock.lock();
        try {
            TestRegistry registry = early == null ? settings.start() : early;
            early = null;
            owned.add(registry);
            return registry;
        } finally {
            lock.unlock();
        }
    }

    void close(TestRegistry registry) {
        lock.lock();
        try {
            owned.remove(registry);
        } finally {
            lock.unlock();
        }
        registry.close();
    }
}
