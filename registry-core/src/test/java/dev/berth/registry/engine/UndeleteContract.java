package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was deleted can be listed, restored as a whole, and expires: over any store. */
public abstract class UndeleteContract {
    private static final Duration WINDOW = Duration.ofDays(7);

    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private ObjectStore store;
    private StorageRegistry registry;
    private Repository app;
    private Trash trash;

    /** Returns an empty store, which the subclass closes. */
    protected abstract ObjectStore emptyStore() throws IOException;

    @BeforeEach
    void open() throws IOException {
        store = emptyStore();
        registry = registry(WINDOW);
        app = registry.repository(world.app);
        trash = registry.trash();
        world.pushBlobs(registry, world.app);
    }

    private StorageRegistry registry(Duration window) {
        return StorageRegistry.over(
                store, StorageOptions.builder().clock(clock).undelete(window).build());
    }

    private List<String> trashKeys() throws IOException {
        return StoreCopies.keys(store, "_berth/trash/");
    }

    private Optional<Digest> target(Tag tag) {
        return app.tags().resolve(tag).map(Descriptor::digest);
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable call) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void aDeletedManifestIsInvisibleAndInTheTrash() {
        app.manifests().put(world.first, world.latest, world.stable);
        app.manifests().delete(world.first.digest());
        assertThat(app.manifests().find(world.first.digest())).isEmpty();
        assertThat(registry.repositories()).isEmpty();
        assertRefused(ErrorCode.NAME_UNKNOWN, () -> app.tags().list().toList());

        assertThat(trash.deletedRepositories()).containsExactly(world.app);
        assertThat(trash.deleted(world.app)).singleElement().satisfies(deleted -> {
            assertThat(deleted.manifest()).isEqualTo(world.first.descriptor());
            assertThat(deleted.deletedAt()).contains(clock.instant());
            assertThat(deleted.tags())
                    .containsExactly(
                            new DeletedTag(world.stable, clock.instant()),
                            new DeletedTag(world.latest, clock.instant()));
        });
        assertThat(trash.deleted(world.other)).isEmpty();
    }

    @Test
    void aManifestIsRestoredWithItsTags() throws IOException {
        app.manifests().put(world.first, world.latest, world.stable);
        app.manifests().delete(world.first.digest());
        RestoreReport report = trash.restore(world.app, world.first.digest());
        assertThat(report).isEqualTo(new RestoreReport(1, 2, List.of(), 0));
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.first);
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
        assertThat(registry.repositories()).containsExactly(world.app);
        assertThat(trash.deletedRepositories()).isEmpty();

        assertThat(trash.restore(world.app, world.first.digest())).isEqualTo(new RestoreReport(0, 0, List.of(), 0));
        clock.advance(WINDOW.plusMinutes(10));
        registry.maintain();
        assertThat(trashKeys()).isEmpty();
        assertThat(target(world.latest)).contains(world.first.digest());
    }

    @Test
    void anIndexIsRestoredWithItsManifestsAndSignatures() {
        app.manifests().put(world.first, PutOptions.untagged());
        app.manifests().put(world.signature, PutOptions.untagged());
        app.manifests().put(world.index, world.latest);
        app.manifests().delete(world.index.digest());
        app.manifests().delete(world.first.digest());
        app.manifests().delete(world.signature.digest());
        assertThat(trash.deleted(world.app)).hasSize(3);
        assertThat(trash.deleted(world.app)
                        .after(trash.deleted(world.app)
                                .iterator()
                                .next()
                                .manifest()
                                .digest()))
                .hasSize(2);

        assertThat(trash.restore(world.app, world.latest)).isEqualTo(new RestoreReport(3, 1, List.of(), 0));
        assertThat(app.manifests().get(world.latest)).isEqualTo(world.index);
        assertThat(app.manifests().get(world.first.digest())).isEqualTo(world.first);
        assertThat(app.manifests().referrers(world.first.digest()))
                .extracting(Descriptor::digest)
                .containsExactly(world.signature.digest());
    }

    @Test
    void aSignatureThatIsNamedByATagIsRestoredWithItsImage() {
        Tag signature = Tag.parse("sha256-" + world.first.digest().hex() + ".sig");
        app.manifests().put(world.first, world.latest);
        app.manifests().put(world.second, signature);
        app.manifests().delete(world.second.digest());
        app.manifests().delete(world.first.digest());
        assertThat(trash.restore(world.app, world.first.digest())).isEqualTo(new RestoreReport(2, 2, List.of(), 0));
        assertThat(target(signature)).contains(world.second.digest());
    }

    @Test
    void aTagIsRestored() {
        app.manifests().put(world.first, world.latest, world.stable);
        app.tags().delete(world.latest);
        assertThat(trash.deleted(world.app)).singleElement().satisfies(deleted -> {
            assertThat(deleted.manifest()).isEqualTo(world.first.descriptor());
            assertThat(deleted.deletedAt()).isEmpty();
            assertThat(deleted.tags()).extracting(DeletedTag::tag).containsExactly(world.latest);
        });
        assertThat(trash.restore(world.app, world.latest)).isEqualTo(new RestoreReport(0, 1, List.of(), 0));
        assertThat(target(world.latest)).contains(world.first.digest());
        assertThat(trash.deleted(world.app)).isEmpty();
        assertThat(trash.restore(world.app, world.latest)).isEqualTo(new RestoreReport(0, 0, List.of(), 0));
    }

    /** As when a rule deletes manifests without tags. */
    @Test
    void aTagIsRestoredWithItsManifestThatWasDeletedLater() {
        app.manifests().put(world.first, world.latest, world.stable);
        app.tags().delete(world.latest);
        clock.advance(Duration.ofDays(1));
        app.tags().delete(world.stable);
        app.manifests().delete(world.first.digest());
        assertThat(trash.deleted(world.app).toList().get(0).tags()).hasSize(2);
        assertThat(trash.restore(world.app, world.latest)).isEqualTo(new RestoreReport(1, 1, List.of(), 0));
        assertThat(app.tags().list()).containsExactly(world.latest);
        assertThat(trash.restore(world.app, world.first.digest())).isEqualTo(new RestoreReport(0, 1, List.of(), 0));
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
    }

    @Test
    void aTagThatWasSetSinceStays() {
        app.manifests().put(world.first, world.latest, world.stable);
        app.manifests().delete(world.first.digest());
        app.manifests().put(world.second, world.latest);
        assertRefused(ErrorCode.PRECONDITION_FAILED, () -> trash.restore(world.app, world.latest));
        assertThat(app.manifests().find(world.first.digest())).isEmpty();

        RestoreReport report = trash.restore(world.app, world.first.digest());
        assertThat(report.manifests()).isEqualTo(1);
        assertThat(report.tags()).isEqualTo(1);
        assertThat(report.complete()).isFalse();
        assertThat(report.problems())
                .singleElement()
                .asString()
                .contains("latest", world.second.digest().toString());
        assertThat(target(world.latest)).contains(world.second.digest());
        assertThat(target(world.stable)).contains(world.first.digest());
    }

    @Test
    void ofSeveralDeletionsOfATagTheLastIsRestoredAndOfARepositoryTheFirstSince() {
        app.manifests().put(world.first, world.latest);
        Instant atFirst = clock.instant();
        app.manifests().delete(world.first.digest());
        clock.advance(Duration.ofHours(1));
        app.manifests().put(world.second, world.latest);
        app.tags().delete(world.latest);

        trash.restore(world.app, world.latest);
        assertThat(target(world.latest)).contains(world.second.digest());

        clock.advance(Duration.ofHours(1));
        app.manifests().delete(world.second.digest());
        assertThat(trash.restore(world.app, atFirst)).isEqualTo(new RestoreReport(2, 1, List.of(), 0));
        assertThat(target(world.latest)).contains(world.first.digest());
        assertThat(app.manifests().find(world.second.digest())).isPresent();
    }

    @Test
    void aRepositoryIsRestoredAsOfATime() {
        app.manifests().put(world.first, world.stable);
        app.manifests().put(world.second, PutOptions.untagged());
        app.manifests().delete(world.second.digest());
        clock.advance(Duration.ofHours(1));
        app.manifests().put(world.signature, PutOptions.untagged());
        app.manifests().put(world.index, world.latest);
        for (Manifest manifest : List.of(world.index, world.first, world.signature)) {
            app.manifests().delete(manifest.digest());
        }
        assertThat(trash.restore(world.app, clock.instant())).isEqualTo(new RestoreReport(3, 2, List.of(), 0));
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
        assertThat(app.manifests().find(world.second.digest())).isEmpty();
        assertThat(trash.deleted(world.app))
                .extracting(deleted -> deleted.manifest().digest())
                .containsExactly(world.second.digest());
    }

    @Test
    void aManifestComesBackWithTheMediaTypeThatItWasPushedWith() {
        byte[] bytes = "{\"anything\":1}".getBytes(StandardCharsets.UTF_8);
        Manifest opaque = Manifest.of("application/vnd.example+json", bytes);
        app.manifests().put(opaque, world.latest);
        app.manifests().delete(opaque.digest());
        trash.restore(world.app, world.latest);
        assertThat(app.manifests().get(world.latest).mediaType()).isEqualTo("application/vnd.example+json");
    }

    @Test
    void whatIsMissingIsSaid() {
        app.manifests().put(world.first, world.latest);
        app.manifests().delete(world.first.digest());
        Digest layer = Digest.sha256(world.layer);
        app.blobs().delete(layer);
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> trash.restore(world.app, world.first.digest()))
                .withMessageContaining(layer.toString())
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.MANIFEST_BLOB_UNKNOWN));
        assertThat(trash.restore(world.app, Instant.EPOCH).problems())
                .hasSizeBetween(1, 2)
                .allMatch(problem -> problem.contains(layer.toString()));
        world.pushBlobs(registry, world.app);
        assertThat(trash.restore(world.app, world.first.digest()).complete()).isTrue();
        assertThat(target(world.latest)).contains(world.first.digest());
    }

    @Test
    void whatWasNeverDeletedIsUnknown() {
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> trash.restore(world.app, world.first.digest()));
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> trash.restore(world.app, world.latest));
        assertThat(trash.restore(world.app, Instant.EPOCH)).isEqualTo(new RestoreReport(0, 0, List.of(), 0));
        assertThat(trash.purge(world.app)).isZero();
    }

    @Test
    void theTrashIsEmptyWhenTheWindowIsOver() throws IOException {
        app.manifests().put(world.first, world.latest, world.stable);
        app.manifests().put(world.signature, PutOptions.untagged());
        app.tags().delete(world.stable);
        app.manifests().delete(world.first.digest());
        app.manifests().delete(world.signature.digest());
        clock.advance(WINDOW.minusSeconds(1));
        assertThat(registry.maintain().expiredTrash()).isZero();
        assertThat(trash.deleted(world.app)).hasSize(2);
        clock.advance(Duration.ofSeconds(1));
        assertThat(registry.maintain().expiredTrash()).isEqualTo(4);
        assertThat(trash.deletedRepositories()).isEmpty();
        assertThat(trashKeys()).allMatch(key -> key.startsWith("_berth/trash/times/"));
        clock.advance(Duration.ofMinutes(10));
        registry.maintain();
        assertThat(trashKeys()).isEmpty();
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> trash.restore(world.app, world.latest));
    }

    @Test
    void whatExpiresIsACandidateForCollection() throws IOException {
        app.manifests().put(world.first, world.latest);
        app.manifests().delete(world.first.digest());
        List<String> before = StoreCopies.keys(store, "_berth/collection/changed/");
        clock.advance(WINDOW);
        registry.maintain();
        List<String> candidates = StoreCopies.keys(store, "_berth/collection/changed/");
        candidates.removeAll(before);
        assertThat(candidates).hasSize(1);
    }

    @Test
    void aShorterWindowAppliesToWhatWasDeletedBefore() throws IOException {
        app.manifests().put(world.first, world.latest);
        app.manifests().delete(world.first.digest());
        clock.advance(Duration.ofHours(2));
        assertThat(registry(Duration.ofHours(3)).maintain().expiredTrash()).isZero();
        assertThat(registry(Duration.ofHours(2)).maintain().expiredTrash()).isEqualTo(2);
        assertThat(trash.deletedRepositories()).isEmpty();
    }

    @Test
    void withoutAWindowDeletionsAreFinal() throws IOException {
        StorageRegistry without = registry(Duration.ZERO);
        app.manifests().put(world.first, world.latest, world.stable);
        without.repository(world.app).tags().delete(world.latest);
        without.repository(world.app).manifests().delete(world.first.digest());
        assertThat(trashKeys()).isEmpty();
        assertRefused(ErrorCode.MANIFEST_UNKNOWN, () -> trash.restore(world.app, world.first.digest()));
    }

    @Test
    void aManifestThatWasPushedAgainAndDeletedAgainHasTheWholeWindow() throws IOException {
        app.manifests().put(world.first, world.latest);
        app.manifests().delete(world.first.digest());
        clock.advance(Duration.ofDays(5));
        app.manifests().put(world.first, world.stable);
        // That the tag was deleted is still so, that the manifest was is not.
        assertThat(trash.deleted(world.app)).singleElement().satisfies(deleted -> {
            assertThat(deleted.deletedAt()).isEmpty();
            assertThat(deleted.tags()).extracting(DeletedTag::tag).containsExactly(world.latest);
        });
        app.manifests().delete(world.first.digest());
        clock.advance(Duration.ofDays(5));
        assertThat(registry.maintain().expiredTrash()).isEqualTo(1);
        assertThat(trash.restore(world.app, world.first.digest())).isEqualTo(new RestoreReport(1, 1, List.of(), 0));
        assertThat(target(world.stable)).contains(world.first.digest());
    }

    @Test
    void whatIsPurgedIsGoneBeforeItsTime() throws IOException {
        app.manifests().put(world.first, world.latest);
        app.manifests().put(world.second, world.stable);
        app.manifests().delete(world.first.digest());
        app.manifests().delete(world.second.digest());
        assertThat(trash.purge(world.app, world.first.digest())).isEqualTo(2);
        assertThat(trash.deleted(world.app))
                .extracting(deleted -> deleted.manifest().digest())
                .containsExactly(world.second.digest());
        assertThat(trash.purge(world.app)).isEqualTo(2);
        assertThat(trash.deletedRepositories()).isEmpty();
        clock.advance(WINDOW.plusMinutes(10));
        registry.maintain();
        assertThat(trashKeys()).isEmpty();
    }

    @Test
    void repositoriesWithSomethingInTheTrashAreListed() {
        for (var name : world.repositories()) {
            world.pushBlobs(registry, name);
            registry.repository(name).manifests().put(world.first, world.latest, world.stable);
        }
        registry.repository(world.other).manifests().delete(world.first.digest());
        app.tags().delete(world.latest);
        assertThat(trash.deletedRepositories()).containsExactly(world.other, world.app);
        assertThat(trash.deletedRepositories().after(world.other)).containsExactly(world.app);
    }
}
