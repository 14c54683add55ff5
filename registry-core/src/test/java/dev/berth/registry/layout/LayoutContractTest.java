package dev.berth.registry.layout;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.contract.RegistryRaceContract;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.io.TempDir;

/** The contract of registries, kept by a layout for each repository. */
class LayoutContractTest extends RegistryRaceContract {
    @TempDir
    private Path directory;

    private Registry registry;

    @Override
    protected Registry registry() {
        if (registry == null) {
            registry = new Layouts(directory);
        }
        return registry;
    }

    @Override
    protected Optional<Registry> elsewhere() {
        return Optional.of(new Layouts(directory));
    }

    /** Layouts share nothing. */
    @Override
    protected boolean supportsMount() {
        return false;
    }

    @Override
    protected boolean supportsMountFromAny() {
        return false;
    }

    @Override
    protected boolean supportsMountFromAnyReadable() {
        return false;
    }

    /** A layout holds one repository, and the contract needs many: each gets a layout of its own. */
    private static final class Layouts implements Registry {
        private final Path directory;
        private final Map<RepositoryName, OciLayoutRegistry> layouts = new ConcurrentHashMap<>();
        private volatile boolean closed;

        Layouts(Path directory) {
            this.directory = directory;
        }

        @Override
        public Repository repository(RepositoryName name) {
            OciLayoutRegistry layout = layouts.computeIfAbsent(
                    name,
                    key -> OciLayoutRegistry.create(
                            directory.resolve(key.value().replace('/', '%')), key));
            if (closed) {
                layout.close();
            }
            return layout.repository(name);
        }

        @Override
        public Listing<RepositoryName, RepositoryName> repositories() {
            return Listing.of((after, wanted) -> {
                List<RepositoryName> names = Arrays.stream(directory.toFile().list())
                        .map(name -> RepositoryName.parse(name.replace('%', '/')))
                        .filter(name -> after.isEmpty() || name.compareTo(after.get()) > 0)
                        .filter(name -> {
                            repository(name);
                            return !layouts.get(name).repositories().toList().isEmpty();
                        })
                        .sorted()
                        .toList();
                return names.iterator();
            });
        }

        @Override
        public void checkHealth() {
            layouts.values().forEach(OciLayoutRegistry::checkHealth);
        }

        @Override
        public RegistryIdentity identity() {
            return RegistryIdentity.of("layouts in " + directory);
        }

        @Override
        public void close() {
            closed = true;
            layouts.values().forEach(OciLayoutRegistry::close);
        }
    }
}
