package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.TagCondition;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tag that is set to a manifest which is deleted at the same time stays what it was. */
class RetagAndDeletionTest {
    private final World world = new World();
    private final ObjectStore store = MemoryObjectStore.create();
    private final Repository other = StorageRegistry.over(store).repository(world.app);

    @BeforeEach
    void push() {
        world.pushBlobs(StorageRegistry.over(store), world.app);
        other.manifests().put(world.first, world.latest);
        other.manifests().put(world.second);
    }

    /** Returns the repository in a process in whose calls another one does something, once a link of a tag is written. */
    private Repository whileATagIsWritten(Runnable action) {
        return StorageRegistry.over(new InterceptedStore(store) {
                    private boolean done;

                    @Override
                    <T> T intercept(String operation, String name, Call<T> call) throws IOException {
                        T result = call.run();
                        if (!done && operation.equals("put") && name.endsWith("/current/link")) {
                            done = true;
                            action.run();
                        }
                        return result;
                    }
                })
                .repository(world.app);
    }

    /** What a deletion does that has not seen a new tag. */
    private void unlink(Manifest manifest) {
        try {
            store.delete(ObjectKey.of(DockerLayout.revision(world.app, manifest.digest())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireRefused(Repository repository, TagCondition condition) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> repository.tags().put(world.latest, world.second.digest(), condition))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MANIFEST_UNKNOWN));
    }

    private Optional<Digest> latest() {
        return other.tags().resolve(world.latest).map(Descriptor::digest);
    }

    @Test
    void itNamesWhatItNamedBefore() {
        requireRefused(whileATagIsWritten(() -> unlink(world.second)), TagCondition.any());

        assertThat(latest()).contains(world.first.digest());
        assertThat(other.tags().list()).containsExactly(world.latest);
    }

    @Test
    void onAConditionItNamesWhatItNamedBefore() {
        requireRefused(whileATagIsWritten(() -> unlink(world.second)), TagCondition.currently(world.first.digest()));

        assertThat(latest()).contains(world.first.digest());
    }

    @Test
    void aTagThatDidNotExistDoesNotComeBackWithTheManifest() {
        other.tags().delete(world.latest);
        requireRefused(whileATagIsWritten(() -> unlink(world.second)), TagCondition.any());

        other.manifests().put(world.second);
        assertThat(latest()).isEmpty();
        assertThat(other.tags().list()).isEmpty();
    }

    @Test
    void whatOthersSetItToMeanwhileStays() {
        Repository repository = whileATagIsWritten(() -> {
            unlink(world.second);
            other.manifests().put(world.signature, world.latest);
        });
        repository.tags().put(world.latest, world.second.digest());

        assertThat(latest()).contains(world.signature.digest());
    }

    @Test
    void itNamesTheManifestIfThatIsPushedAgain() {
        Repository repository = whileATagIsWritten(() -> {
            unlink(world.second);
            other.manifests().put(world.second);
        });
        repository.tags().put(world.latest, world.second.digest());

        assertThat(latest()).contains(world.second.digest());
        assertThat(other.tags().list()).containsExactly(world.latest);
    }

    @Test
    void aDeletionThatHasSeenTheTagComesAfterIt() {
        Repository repository = whileATagIsWritten(() -> other.manifests().delete(world.second.digest()));
        repository.tags().put(world.latest, world.second.digest());

        assertThat(latest()).isEmpty();
        assertThat(other.tags().list()).isEmpty();
    }

    @Test
    void aDeletionTakesTheTagThatOneBeforeHasLeft() {
        other.manifests().put(world.second, world.stable);
        unlink(world.second);

        other.manifests().delete(world.second.digest());

        other.manifests().put(world.second);
        assertThat(other.tags().resolve(world.stable)).isEmpty();
    }
}
