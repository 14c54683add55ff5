package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.TagCondition;
import dev.berth.registry.contract.Cases;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Links and data that a crash left empty or cut, and links without data, count as missing. Nothing else fails, and the next
 * push repairs them.
 */
@Isolated("it captures the standard error output")
class DamagedStoreTest {
    private final World world = new World();
    private final ObjectStore store = MemoryObjectStore.create();
    private final DockerLayout docker = new DockerLayout(store);
    private final StorageRegistry registry = StorageRegistry.over(store);
    private final Repository app = registry.repository(world.app);
    private final Digest layer = Digest.sha256(world.layer);
    private final Manifest image = world.first;

    @BeforeEach
    void writeWhatIsDamagedThen() throws IOException {
        docker.world(world);
    }

    private static final String NOWHERE = Digest.sha256("what nobody has pushed".getBytes(StandardCharsets.UTF_8))
            .toString();

    /** What may stand in a link file. */
    private static final List<String> BAD_LINKS = List.of(
            "",
            " ",
            "\n",
            "sha256:",
            NOWHERE.substring(0, NOWHERE.length() - 1),
            NOWHERE,
            NOWHERE + "0",
            NOWHERE.replace("sha256", "sha512"),
            NOWHERE.replace("sha256", "md5"),
            NOWHERE.toUpperCase(Locale.ROOT),
            "../../../../etc/passwd",
            "sha256:../../../../../../../etc/passwd/../../../../../../../../../../x",
            "\u0000\u0000\u0000\u0000",
            "x".repeat(100_000));

    /** What must hold of a store that is damaged in one way. */
    private interface Rule<T> {
        void check(DamagedStoreTest fresh, T damage) throws IOException;
    }

    /** Checks a rule for each way to damage a store, each time with another store. */
    private static <T> void checkEach(List<T> ways, Rule<T> rule) {
        Cases.of(ways).check(way -> {
            DamagedStoreTest fresh = new DamagedStoreTest();
            fresh.writeWhatIsDamagedThen();
            rule.check(fresh, way);
        });
    }

    private static void assertFails(ErrorCode code, ThrowingCallable call) {
        RegistryException failure = catchThrowableOfType(RegistryException.class, call);
        assertThat(failure).as("failure, which should be %s", code).isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    }

    // Blobs.

    @Test
    void aBlobWithABadLinkIsMissing() {
        checkEach(BAD_LINKS, DamagedStoreTest::blobWithLinkIsMissing);
    }

    private void blobWithLinkIsMissing(String content) throws IOException {
        docker.write(DockerLayout.layer(world.app, layer), content);
        assertBlobIsMissingAndCanBePushed();
    }

    @Test
    void aBlobWithoutDataIsMissing() throws IOException {
        store.delete(ObjectKey.of(DockerLayout.data(layer)));
        assertBlobIsMissingAndCanBePushed();
    }

    @Test
    void aBlobWithEmptyDataIsMissing() throws IOException {
        docker.write(DockerLayout.data(layer), "");
        assertBlobIsMissingAndCanBePushed();
    }

    private void assertBlobIsMissingAndCanBePushed() throws IOException {
        Repository other = registry.repository(world.other);
        assertThat(app.blobs().find(layer)).isEmpty();
        assertFails(ErrorCode.BLOB_UNKNOWN, () -> app.blobs().open(layer));
        assertThat(other.blobs().mount(layer, MountSource.from(world.app))).isEmpty();
        assertThat(other.blobs().mount(layer, MountSource.any())).isEmpty();
        assertFails(ErrorCode.MANIFEST_BLOB_UNKNOWN, () -> app.manifests().put(image, world.latest));

        app.blobs().push(layer, BlobSource.of(world.layer));
        assertThat(app.blobs().find(layer).map(Descriptor::size)).contains((long) world.layer.length);
        try (var content = app.blobs().open(layer)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(world.layer);
        }
        app.manifests().put(image, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(image);
    }

    @Test
    void aBlobWithABadLinkCanBeDeleted() {
        checkEach(BAD_LINKS, DamagedStoreTest::blobWithLinkCanBeDeleted);
    }

    private void blobWithLinkCanBeDeleted(String content) throws IOException {
        docker.write(DockerLayout.layer(world.app, layer), content);
        assertThat(app.blobs().delete(layer)).isFalse();
        assertThat(store.stat(ObjectKey.of(DockerLayout.layer(world.app, layer))))
                .isEmpty();
    }

    /** Only the hash tells, and it is looked at where a manifest says another size. */
    @Test
    void aBlobWithCutDataIsMissingForManifestsAndRepairedByAPush() throws IOException {
        docker.write(DockerLayout.data(layer), Arrays.copyOf(world.layer, world.layer.length - 1));
        assertFails(ErrorCode.MANIFEST_BLOB_UNKNOWN, () -> app.manifests().put(image, world.stable));
        app.blobs().push(layer, BlobSource.of(world.layer));
        app.manifests().put(image, world.stable);
        try (var content = app.blobs().open(layer)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(world.layer);
        }
    }

    @Test
    void anUploadRepairsDamagedData() throws IOException {
        docker.write(DockerLayout.data(layer), new byte[world.layer.length]);
        var upload = app.blobs().startUpload();
        upload.append(0, BlobSource.of(world.layer));
        upload.commit(layer);
        try (var content = app.blobs().open(layer)) {
            assertThat(content.stream().readAllBytes()).isEqualTo(world.layer);
        }
    }

    // Manifests.

    @Test
    void aManifestWithABadLinkIsMissing() {
        checkEach(BAD_LINKS, DamagedStoreTest::manifestWithLinkIsMissing);
    }

    private void manifestWithLinkIsMissing(String content) throws IOException {
        docker.write(DockerLayout.revision(world.app, image.digest()), content);
        assertManifestIsMissingAndCanBePushed();
    }

    /** What may have become of the data of a manifest. */
    private enum Damage {
        MISSING,
        EMPTY,
        CUT,
        ZEROED,
        LONGER
    }

    @Test
    void aManifestWithDamagedDataIsMissing() {
        checkEach(List.of(Damage.values()), DamagedStoreTest::damagedManifestIsMissing);
    }

    private void damagedManifestIsMissing(Damage damage) throws IOException {
        damage(damage);
        assertManifestIsMissingAndCanBePushed();
    }

    private void damage(Damage damage) throws IOException {
        String key = DockerLayout.data(image.digest());
        byte[] bytes = image.bytes();
        switch (damage) {
            case MISSING -> store.delete(ObjectKey.of(key));
            case EMPTY -> docker.write(key, new byte[0]);
            case CUT -> docker.write(key, Arrays.copyOf(bytes, bytes.length / 2));
            case ZEROED -> docker.write(key, new byte[bytes.length]);
            case LONGER -> docker.write(key, Arrays.copyOf(bytes, bytes.length + 1));
        }
    }

    private void assertManifestIsMissingAndCanBePushed() {
        assertThat(app.manifests().find(image.digest())).isEmpty();
        assertThat(app.manifests().find(world.latest)).isEmpty();
        assertThat(app.tags().resolve(world.latest)).isEmpty();
        assertFails(ErrorCode.MANIFEST_UNKNOWN, () -> app.manifests().get(image.digest()));
        assertFails(ErrorCode.MANIFEST_UNKNOWN, () -> app.manifests().get(world.latest));
        assertFails(ErrorCode.MANIFEST_UNKNOWN, () -> app.tags().put(world.stable, image.digest()));
        assertThat(app.manifests().referrers(image.digest())).hasSize(1);

        app.manifests().put(image, world.latest);
        assertThat(app.manifests().get(image.digest())).isEqualTo(image);
        assertThat(app.manifests().get(world.latest)).isEqualTo(image);
        assertThat(app.tags().list()).contains(world.latest);
    }

    @Test
    void aReferrerWithDamagedDataIsNotListed() throws IOException {
        docker.write(DockerLayout.data(world.signature.digest()), "{");
        assertThat(app.manifests().referrers(image.digest())).isEmpty();
        app.manifests().put(world.signature);
        assertThat(app.manifests().referrers(image.digest())).hasSize(1);
    }

    @Test
    void aManifestWithABadLinkCanBeDeleted() {
        checkEach(BAD_LINKS, DamagedStoreTest::manifestWithLinkCanBeDeleted);
    }

    private void manifestWithLinkCanBeDeleted(String content) throws IOException {
        docker.write(DockerLayout.revision(world.app, image.digest()), content);
        assertThat(app.manifests().delete(image.digest()).deleted()).isFalse();
        assertThat(app.manifests().find(image.digest())).isEmpty();
        app.manifests().put(image);
        assertThat(app.manifests().get(image.digest())).isEqualTo(image);
    }

    @Test
    void aManifestWithDamagedDataCanBeDeleted() {
        checkEach(List.of(Damage.values()), DamagedStoreTest::damagedManifestCanBeDeleted);
    }

    private void damagedManifestCanBeDeleted(Damage damage) throws IOException {
        damage(damage);
        app.manifests().delete(image.digest());
        app.manifests().put(image);
        assertThat(app.manifests().get(image.digest())).isEqualTo(image);
    }

    @Test
    void aRepositoryWhoseManifestsAreAllDamagedDoesNotExist() throws IOException {
        for (Manifest manifest : new Manifest[] {world.first, world.second, world.signature}) {
            docker.write(DockerLayout.revision(world.app, manifest.digest()), "");
        }
        assertThat(registry.repositories()).isEmpty();
        assertFails(ErrorCode.NAME_UNKNOWN, () -> app.tags().list().toList());
        app.manifests().put(image);
        assertThat(registry.repositories()).containsExactly(world.app);
    }

    // Tags.

    @Test
    void aTagWithABadLinkIsMissing() {
        checkEach(BAD_LINKS, DamagedStoreTest::tagWithLinkIsMissing);
    }

    private void tagWithLinkIsMissing(String content) throws IOException {
        docker.write(DockerLayout.tag(world.app, world.latest), content);
        assertThat(app.manifests().find(world.latest)).isEmpty();
        assertThat(app.tags().resolve(world.latest)).isEmpty();
        assertFails(ErrorCode.MANIFEST_UNKNOWN, () -> app.manifests().get(world.latest));
        assertThat(app.tags().list()).containsExactly(world.stable);

        app.tags().put(world.latest, image.digest());
        assertThat(app.manifests().get(world.latest)).isEqualTo(image);
        assertThat(app.tags().list()).containsExactly(world.stable, world.latest);
    }

    @Test
    void aTagWithABadLinkIsAbsent() {
        checkEach(BAD_LINKS, DamagedStoreTest::tagWithLinkIsAbsent);
    }

    private void tagWithLinkIsAbsent(String content) throws IOException {
        docker.write(DockerLayout.tag(world.app, world.latest), content);
        assertFails(
                ErrorCode.PRECONDITION_FAILED,
                () -> app.tags().put(world.latest, image.digest(), TagCondition.currently(image.digest())));
        app.tags().put(world.latest, image.digest(), TagCondition.absent());
        assertThat(app.manifests().get(world.latest)).isEqualTo(image);
    }

    @Test
    void aTagWithABadLinkCanBeDeleted() {
        checkEach(BAD_LINKS, DamagedStoreTest::tagWithLinkCanBeDeleted);
    }

    private void tagWithLinkCanBeDeleted(String content) throws IOException {
        docker.write(DockerLayout.tag(world.app, world.latest), content);
        assertThat(app.tags().delete(world.latest)).isFalse();
        assertThat(app.tags().list()).containsExactly(world.stable);
        assertThat(app.manifests().delete(image.digest()).tags()).isEmpty();
    }

    @Test
    void theIndexOfADamagedStoreListsIntactManifestsOnly() {
        checkEach(BAD_LINKS, DamagedStoreTest::rebuiltIndexHasWhatIsIntact);
    }

    private void rebuiltIndexHasWhatIsIntact(String content) throws IOException {
        docker.write(DockerLayout.tag(world.app, world.latest), content);
        docker.write(DockerLayout.layer(world.app, layer), content);
        docker.write(DockerLayout.revision(world.app, world.signature.digest()), content);
        registry.rebuildIndex(name -> {});
        assertThat(registry.indexComplete()).isTrue();
        assertThat(registry.repositories()).containsExactly(world.app);
        assertThat(app.tags().list()).containsExactly(world.stable);
        assertThat(app.manifests().referrers(image.digest())).isEmpty();
    }

    // What is said of it.

    @Test
    void damagedLinksAndDataAreLogged() throws IOException {
        docker.write(DockerLayout.tag(world.app, world.latest), "nonsense");
        docker.write(DockerLayout.data(layer), "");
        docker.write(DockerLayout.data(image.digest()), "{");
        store.delete(ObjectKey.of(DockerLayout.data(world.second.digest())));
        String log = logOf(() -> {
            app.manifests().find(world.latest);
            app.blobs().find(layer);
            app.manifests().find(image.digest());
            app.manifests().find(world.second.digest());
        });
        assertThat(log)
                .contains(DockerLayout.tag(world.app, world.latest))
                .contains(layer.toString())
                .contains(image.digest().toString())
                .contains(world.second.digest().toString());
    }

    @Test
    void intactLinksAndDataAreNotLogged() {
        assertThat(logOf(() -> {
                    app.manifests().get(world.latest);
                    app.blobs().find(layer);
                    app.manifests().find(world.stable);
                    app.manifests().find(Digest.sha256(new byte[1]));
                    app.blobs().find(Digest.sha256(new byte[1]));
                }))
                .isEmpty();
    }

    /** What the tests' logger writes to the standard error output. */
    private static String logOf(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream captured = new ByteArrayOutputStream();
        System.setErr(new PrintStream(captured, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return captured.toString(StandardCharsets.UTF_8);
    }
}
