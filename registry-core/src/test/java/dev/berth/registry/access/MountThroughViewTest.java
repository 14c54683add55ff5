package dev.berth.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Blobs;
import dev.berth.registry.Descriptor;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.Caller;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A blob is mounted only from a repository that the caller may pull from. */
class MountThroughViewTest {
    private static final RepositoryName OWN = RepositoryName.parse("alice/app");
    private static final RepositoryName SECRET = RepositoryName.parse("secret/app");
    private static final RepositoryName SHARED = RepositoryName.parse("shared/base");
    private static final Grants GRANTS = Grants.of(
            new Grant(Grantee.user("alice"), NamePattern.parse("alice/**"), Role.WRITER),
            new Grant(Grantee.everyone(), NamePattern.parse("shared/**"), Role.READER));

    private Registry registry;
    private Blobs blobs;

    @BeforeEach
    void open() {
        registry = StorageRegistry.over(MemoryObjectStore.create());
        blobs = Authorized.of(registry, Caller.named("alice"), GRANTS)
                .repository(OWN)
                .blobs();
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private Descriptor blobIn(RepositoryName repository) {
        return registry.repository(repository)
                .blobs()
                .push(BlobSource.of(("in " + repository).getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void fromARepositoryThatIsReadable() {
        Descriptor blob = blobIn(SHARED);

        assertThat(blobs.mount(blob.digest(), MountSource.from(SHARED))).contains(blob);
        assertThat(registry.repository(OWN).blobs().find(blob.digest())).isPresent();
    }

    @Test
    void notFromAHiddenRepositoryAndWithoutTellingThatItExists() {
        Descriptor blob = blobIn(SECRET);

        for (MountSource source : List.of(
                MountSource.from(SECRET),
                MountSource.from(RepositoryName.parse("does/not-exist")),
                MountSource.any(),
                MountSource.anyReadable(name -> true))) {
            assertThat(blobs.mount(blob.digest(), source)).as("%s", source).isEmpty();
        }
        assertThat(registry.repository(OWN).blobs().find(blob.digest())).isEmpty();
    }

    @Test
    void notIntoARepositoryThatIsOnlyReadable() {
        Descriptor blob = blobIn(OWN);
        Blobs shared = Authorized.of(registry, Caller.named("alice"), GRANTS)
                .repository(SHARED)
                .blobs();

        assertThatThrownBy(() -> shared.mount(blob.digest(), MountSource.from(OWN)))
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("DENIED");
    }
}
