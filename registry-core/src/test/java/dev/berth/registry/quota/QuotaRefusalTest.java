package dev.berth.registry.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A push without room is refused, whatever way it takes; what is there already costs nothing; what fails is given back. */
class QuotaRefusalTest {
    private static final int LIMIT = 100_000;
    private static final NamePattern TEAM = NamePattern.parse("team/**");

    private final MemoryObjectStore store = MemoryObjectStore.create();
    private final AtomicLong nanos = new AtomicLong();
    private final Node node = new Node(
            store, nanos, QuotaLimit.bytes(TEAM, LIMIT), QuotaLimit.repositories(NamePattern.parse("few/*"), 2));
    private final Blobs app = node.registry.repository("team/app").blobs();

    private static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) seed);
        return bytes;
    }

    private static Digest push(Blobs blobs, byte[] content) {
        return blobs.push(Digest.sha256(content), BlobSource.of(content)).digest();
    }

    private static RegistryException refused(ThrowingCallable call) {
        RegistryException refusal = catchThrowableOfType(RegistryException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.DENIED);
        return refusal;
    }

    private static BlobSource unread(long size) {
        return BlobSource.once(
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("Nothing of this may be read");
                    }
                },
                size);
    }

    @Test
    void refusalNamesPatternLimitUseAndRequest() {
        push(app, bytes(60_000, 1));

        RegistryException refusal = refused(() -> app.push(Digest.sha256(new byte[0]), unread(50_000)));

        assertThat(refusal)
                .hasMessageContainingAll(
                        "team/**", "100000 bytes", "60000 bytes", "team/app", "50000 bytes", "delete images");
        assertThat(refusal.errors().get(0).detail())
                .containsEntry("pattern", "team/**")
                .containsEntry("limit", "100000")
                .containsEntry("use", "60000")
                .containsEntry("requested", "50000");
    }

    @Test
    void everyRepositoryOfThePatternCounts() {
        push(app, bytes(60_000, 1));

        refused(() -> push(node.registry.repository("team/web/x").blobs(), bytes(40_001, 2)));
        push(node.registry.repository("team/web/x").blobs(), bytes(40_000, 2));
        push(node.registry.repository("teams/other").blobs(), bytes(200_000, 2));
    }

    @Test
    void whatTheRepositoryHasCostsNothing() {
        byte[] content = bytes(60_000, 1);
        push(app, content);
        push(app, content);
        push(app, content);

        node.quotas.maintain();

        assertThat(node.quotas.usage().get(0).bytes()).isEqualTo(60_000);
        push(app, bytes(40_000, 2));
        push(app, content);
    }

    @Test
    void contentOfUnknownSizeStopsAtTheLimit() throws IOException {
        push(app, bytes(60_000, 1));
        byte[] large = bytes(3_000_000, 2);
        InputStream stream = new ByteArrayInputStream(large);

        refused(() -> app.push(Digest.sha256(large), BlobSource.once(stream)));

        assertThat(large.length - stream.available()).isLessThan(2_000_000);
        byte[] fitting = bytes(40_000, 3);
        app.push(Digest.sha256(fitting), BlobSource.once(new ByteArrayInputStream(fitting)));
    }

    @Test
    void uploadsAreReservedAsTheirBytesArrive() {
        BlobUpload upload = app.startUpload();
        upload.append(0, BlobSource.of(bytes(60_000, 1)));

        assertThat(node.quotas.usage().get(0).reservedBytes()).isGreaterThanOrEqualTo(60_000);
        refused(() -> push(app, bytes(40_001, 2)));
        upload.cancel();
        push(app, bytes(100_000, 3));
    }

    @Test
    void uploadWithoutRoomEndsAndKeepsNothing() {
        BlobUpload upload = app.startUpload();
        upload.append(0, BlobSource.of(bytes(60_000, 1)));

        refused(() -> upload.append(60_000, BlobSource.once(new ByteArrayInputStream(bytes(60_000, 2)))));

        assertThatThrownBy(() -> app.resumeUpload(upload.id())).hasMessageContaining("There is no upload");
        push(app, bytes(100_000, 3));
    }

    @Test
    void uploadIsCountedOnceItIsCommitted() {
        byte[] content = bytes(60_000, 1);
        BlobUpload upload = app.startUpload();
        upload.append(0, BlobSource.of(Arrays.copyOf(content, 30_000)));
        upload.commit(OptionalLong.of(30_000), BlobSource.of(Arrays.copyOf(content, 30_000)), Digest.sha256(content));

        refused(() -> push(app, bytes(40_001, 2)));
        push(app, bytes(40_000, 2));
    }

    @Test
    void uploadThatGoesOnElsewhereIsReservedThere() {
        BlobUpload upload = app.startUpload();
        upload.append(0, BlobSource.of(bytes(60_000, 1)));
        node.quotas.close();
        Node other = new Node(store, nanos, QuotaLimit.bytes(TEAM, LIMIT));
        Blobs there = other.registry.repository("team/app").blobs();

        there.resumeUpload(upload.id()).append(60_000, BlobSource.of(bytes(10_000, 1)));

        assertThat(other.quotas.usage().get(0).reservedBytes()).isGreaterThanOrEqualTo(70_000);
        refused(() -> push(there, bytes(30_001, 2)));
    }

    @Test
    void uploadThatHasExpiredIsGivenBack() {
        BlobUpload upload = app.startUpload();
        upload.append(0, BlobSource.of(bytes(100_000, 1)));
        StorageRegistry.over(store)
                .repository("team/app")
                .blobs()
                .resumeUpload(upload.id())
                .cancel();
        nanos.addAndGet(java.time.Duration.ofSeconds(61).toNanos());

        node.quotas.maintain();

        push(app, bytes(100_000, 3));
    }

    @Test
    void mountCostsItsSize() {
        Registry plain = StorageRegistry.over(store);
        Digest large = push(plain.repository("lib/x").blobs(), bytes(100_001, 1));
        Digest fitting = push(plain.repository("lib/x").blobs(), bytes(60_000, 2));
        Digest other = push(plain.repository("lib/x").blobs(), bytes(60_000, 3));
        MountSource from = MountSource.from(RepositoryName.parse("lib/x"));

        refused(() -> app.mount(large, from));
        assertThat(app.mount(fitting, from)).isPresent();
        refused(() -> app.mount(other, from));
        assertThat(app.mount(other, MountSource.any())).isEmpty();
        assertThat(app.mount(fitting, from)).isPresent();
        assertThat(app.find(other)).isEmpty();
    }

    @Test
    void manifestsCostTheirs() {
        push(app, bytes(99_990, 1));

        refused(() -> node.registry.repository("team/app").manifests().put(artifact("x")));
    }

    @Test
    void failedPushIsGivenBackAtOnce() {
        byte[] content = bytes(100_000, 1);
        assertThatThrownBy(() -> app.push(Digest.sha256(new byte[1]), BlobSource.of(content)))
                .hasMessageContaining("push it again");

        push(app, content);
    }

    @Test
    void deletionMakesRoomAtOnce() {
        Digest blob = push(app, bytes(100_000, 1));
        refused(() -> push(app, bytes(1, 2)));

        app.delete(blob);

        push(app, bytes(100_000, 2));
    }

    @Test
    void repositoriesCountOnceTheyHaveAManifest() {
        push(node.registry.repository("few/zero").blobs(), bytes(10, 1));
        put("few/one");
        put("few/two");

        RegistryException refusal = refused(() -> put("few/three"));
        assertThat(refusal).hasMessageContainingAll("few/*", "2 repositories", "few/three cannot be created");

        node.registry.repository("few/two").manifests().put(artifact("another"));
        assertThat(node.registry
                        .repository("few/one")
                        .manifests()
                        .delete(artifact("few/one").digest())
                        .deleted())
                .isTrue();
        put("few/three");
        node.quotas.maintain();
        assertThat(node.quotas.usage().get(1).repositories()).isEqualTo(2);
    }

    private void put(String repository) {
        node.registry.repository(repository).manifests().put(artifact(repository));
    }

    /** An artifact without blobs: an index of nothing. */
    private static Manifest artifact(String name) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":[],\"annotations\":{\"name\":\"" + name + "\"}}";
        return Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
    }
}
