package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutResult;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A push that fails at any write leaves nothing visible, not even in a listing or on a full disk. */
class FailedPushTest {
    private static final World WORLD = new World();

    private static Stream<Arguments> pushes() {
        Push newTag = registry -> registry.repository(WORLD.app).manifests().put(WORLD.second, WORLD.stable);
        Push twoTags =
                registry -> registry.repository(WORLD.app).manifests().put(WORLD.second, WORLD.latest, WORLD.stable);
        Push untagged = registry -> registry.repository(WORLD.other).manifests().put(WORLD.first);
        Push newRepository =
                registry -> registry.repository(WORLD.other).manifests().put(WORLD.first, WORLD.latest);
        Push retag = registry ->
                registry.repository(WORLD.app).tags().put(WORLD.stable, WORLD.first.digest(), TagCondition.any());
        return Stream.of(
                Arguments.of("new tag", newTag),
                Arguments.of("two tags", twoTags),
                Arguments.of("untagged", untagged),
                Arguments.of("new repository", newRepository),
                Arguments.of("another tag", retag));
    }

    private interface Push extends Consumer<Registry> {}

    private static ObjectStore filled() {
        ObjectStore store = MemoryObjectStore.create();
        Registry registry = StorageRegistry.over(store);
        WORLD.pushBlobs(registry, WORLD.app);
        WORLD.pushBlobs(registry, WORLD.other);
        registry.repository(WORLD.app).manifests().put(WORLD.first, WORLD.latest);
        return store;
    }

    private static void requireNoGhosts(String where, Registry registry) {
        List<RepositoryName> catalogue = registry.repositories().toList();
        for (RepositoryName name : WORLD.repositories()) {
            Repository repository = registry.repository(name);
            boolean exists = WORLD.manifests().stream()
                    .anyMatch(manifest -> repository.manifests().find(manifest).isPresent());
            assertThat(catalogue.contains(name)).as(where + ": " + name).isEqualTo(exists);
            List<Tag> tags = exists ? repository.tags().list().toList() : List.of();
            for (Tag tag : WORLD.tags()) {
                assertThat(tags.contains(tag))
                        .as(where + ": " + name + ":" + tag)
                        .isEqualTo(repository.tags().resolve(tag).isPresent());
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pushes")
    void aPushOntoAFullDiskLeavesNoGhosts(String name, Push push) {
        boolean failed = true;
        for (int failAt = 0; failed; failAt++) {
            FailingStore full = FailingStore.from(
                    filled(),
                    operation -> operation.equals("put"),
                    failAt,
                    () -> new StorageFullException("full", null));
            Registry registry = StorageRegistry.over(full);
            RegistryException failure = catchThrowableOfType(RegistryException.class, () -> push.accept(registry));
            failed = full.hasFailed();
            assertThat(failure != null).isEqualTo(failed);
            if (failure != null) {
                assertThat(failure.code()).isEqualTo(ErrorCode.INSUFFICIENT_STORAGE);
            }
            requireNoGhosts("full at write " + failAt, registry);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pushes")
    void aPushOverAStoreThatFailsOnceLeavesNoGhosts(String name, Push push) {
        IOException failure = new IOException("The disk is gone for a moment");
        Supplier<IOException> same = () -> failure;
        Set<List<Tag>> told = new HashSet<>();
        boolean failed = true;
        for (int failAt = 0; failed; failAt++) {
            FailingStore failing = FailingStore.once(filled(), operation -> operation.equals("put"), failAt, same);
            Registry registry = StorageRegistry.over(failing);
            RegistryException refused = catchThrowableOfType(RegistryException.class, () -> push.accept(registry));
            failed = failing.hasFailed();
            assertThat(refused != null).isEqualTo(failed);
            requireNoGhosts("failure at write " + failAt, registry);
            if (refused != null && refused.stored().isPresent()) {
                requireStored(registry, refused.stored().get());
                told.add(refused.stored().get().tags());
            }
        }
        if (name.equals("two tags")) {
            assertThat(told).containsExactlyInAnyOrder(List.of(), List.of(WORLD.latest));
        }
    }

    private static void requireStored(Registry registry, PutResult stored) {
        assertThat(WORLD.repositories()).anySatisfy(name -> {
            Repository repository = registry.repository(name);
            assertThat(repository.manifests().find(stored.descriptor().digest()))
                    .isPresent();
            assertThat(stored.tags())
                    .allSatisfy(tag -> assertThat(repository.tags().resolve(tag))
                            .map(Descriptor::digest)
                            .contains(stored.descriptor().digest()));
        });
    }

    @Test
    void aPushWithAMediaTypeThatIsTooLongIsRefused() {
        Cases.ints(256, 3000).check(length -> {
            Registry registry = StorageRegistry.over(filled());
            String json = "{\"schemaVersion\":2}";
            Manifest manifest = Manifest.of(
                    "application/" + "x".repeat(length - "application/".length()),
                    json.getBytes(StandardCharsets.UTF_8));

            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.repository(WORLD.app).manifests().put(manifest, WORLD.stable))
                    .withMessageContaining(Integer.toString(length))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_INVALID));
            Manifest longest = Manifest.of("a".repeat(127) + "/" + "b".repeat(127), manifest.bytes());
            registry.repository(WORLD.app).manifests().put(longest, WORLD.stable);
            assertThat(registry.repository(WORLD.app)
                            .manifests()
                            .get(WORLD.stable)
                            .mediaType())
                    .isEqualTo(longest.mediaType());
        });
    }
}
