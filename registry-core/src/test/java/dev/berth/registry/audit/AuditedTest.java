package dev.berth.registry.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.DeleteCondition;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingRegistry;
import dev.berth.registry.compose.DenyingRepository;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.compose.WithoutDeletion;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What is deleted, and what the layers behind refuse, is told once, with who asked for it. */
class AuditedTest {
    private static final Instant NOW = Instant.parse("2026-01-02T15:04:05Z");
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Tag ONE = Tag.parse("1");
    private static final byte[] CONTENT = {1, 2, 3};
    private static final AuditOrigin ALICE =
            new AuditOrigin("alice", Optional.of(InetAddress.getLoopbackAddress()), "42", "token");

    private final List<AuditEvent> events = new ArrayList<>();
    private final Registry engine = StorageRegistry.over(
            MemoryObjectStore.create(),
            StorageOptions.builder().requireBlobs(false).build());
    private final Repository app = audited(engine);

    private Repository audited(Registry registry) {
        return Audited.of(registry, ALICE, events::add, InstantSource.fixed(NOW))
                .repository(APP);
    }

    private static Manifest image() {
        return ImageManifest.of(Descriptor.of(MediaTypes.OCI_CONFIG, Digest.sha256(CONTENT), CONTENT.length), List.of())
                .toManifest();
    }

    private Manifest push(Tag... tags) {
        Manifest image = image();
        app.manifests().put(image, tags);
        return image;
    }

    private static void refused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RegistryException.class);
    }

    private static AuditEvent event(AuditEvent.Type type, String target, AuditEvent.Outcome outcome, String reason) {
        return new AuditEvent(NOW, type, ALICE, "team/app", target, outcome, reason);
    }

    private static AuditEvent deletion(String target, String reason) {
        return event(AuditEvent.Type.DELETION, target, AuditEvent.Outcome.DONE, reason);
    }

    private List<String> told() {
        return events.stream()
                .map(event -> event.type() + " " + event.outcome() + " " + event.target())
                .toList();
    }

    @Test
    void aDeletedManifestIsToldWithItsTags() {
        Manifest image = push(ONE, Tag.parse("latest"));

        app.manifests().delete(image.digest());

        assertThat(events)
                .containsExactly(deletion(
                        "delete the manifest " + image.digest() + " from team/app", "with the tags 1, latest"));
    }

    @Test
    void aManifestThatIsDeletedIfNothingNeedsItIsTold() {
        Manifest image = push();

        app.manifests().delete(image.digest(), DeleteCondition.UNNEEDED);

        assertThat(told()).containsExactly("DELETION DONE delete the manifest " + image.digest() + " from team/app");
    }

    @Test
    void aDeletedTagIsTold() {
        push(ONE);

        app.tags().delete(ONE);

        assertThat(events).containsExactly(deletion("delete the tag 1 of team/app", ""));
    }

    @Test
    void aDeletedBlobIsTold() {
        Digest blob = app.blobs().push(BlobSource.of(CONTENT)).digest();

        app.blobs().delete(blob);

        assertThat(told()).containsExactly("DELETION DONE delete the blob " + blob + " from team/app");
    }

    @Test
    void whatWasNotThereIsNotToldAndNeitherIsWhatFails() {
        app.tags().delete(ONE);
        app.blobs().delete(Digest.sha256(CONTENT));
        refused(() -> app.manifests().get(ONE));
        refused(() -> app.manifests().put(Manifest.of("text/plain", CONTENT), ONE));

        assertThat(events).isEmpty();
    }

    @Test
    void manyTagsAreCounted() {
        Tag[] tags = new Tag[15];
        for (int i = 0; i < tags.length; i++) {
            tags[i] = Tag.parse("v" + (10 + i));
        }
        Manifest image = push(tags);

        app.manifests().delete(image.digest());

        assertThat(events.get(0).reason())
                .isEqualTo("with the tags v10, v11, v12, v13, v14, v15, v16, v17, v18, v19 and 5 more");
    }

    @Test
    void aDeletionThatIsSwitchedOffIsToldWithItsReason() {
        Manifest image = push(ONE);
        Repository kept = audited(WithoutDeletion.of(engine));

        refused(() -> kept.manifests().delete(image.digest()));
        refused(() -> kept.tags().delete(ONE));
        refused(() -> kept.blobs().delete(image.digest()));

        assertThat(told())
                .containsExactly(
                        "POLICY REFUSED delete the manifest " + image.digest() + " from team/app",
                        "POLICY REFUSED delete the tag 1 of team/app",
                        "POLICY REFUSED delete the blob " + image.digest() + " from team/app");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.reason()).startsWith("Deletion is switched off in this registry");
            assertThat(event.origin()).isEqualTo(ALICE);
            assertThat(event.repository()).isEqualTo("team/app");
        });
    }

    @Test
    void everyChangeOfAReadOnlyRegistryIsTold() {
        Manifest image = image();
        Repository fixed = audited(ReadOnly.of(engine));
        Digest blob = Digest.sha256(CONTENT);

        refused(() -> fixed.manifests().put(image, ONE, Tag.parse("2")));
        refused(() -> fixed.tags().put(ONE, image.digest()));
        refused(() -> fixed.blobs().push(blob, BlobSource.of(CONTENT)));
        refused(() -> fixed.blobs().startUpload(UploadOptions.defaults()));
        refused(() -> fixed.blobs().mount(blob, MountSource.from(APP)));

        assertThat(told())
                .containsExactly(
                        "POLICY REFUSED push the manifest " + image.digest() + " as 1, 2 to team/app",
                        "POLICY REFUSED set the tag 1 to " + image.digest() + " in team/app",
                        "POLICY REFUSED push the blob " + blob + " to team/app",
                        "POLICY REFUSED push a blob to team/app",
                        "POLICY REFUSED mount the blob " + blob + " in team/app");
    }

    @Test
    void readingThatALayerDeniesIsTold() {
        Repository gated = audited(new DenyingRegistry(Denial.denied("have the image scanned"), engine.identity()) {
            @Override
            public Repository repository(RepositoryName name) {
                return new DenyingRepository(name, Denial.denied("have the image scanned"));
            }
        });

        refused(() -> gated.manifests().get(ONE));
        refused(() -> gated.manifests().find(ONE));
        refused(() -> gated.blobs().open(Digest.sha256(CONTENT)));

        assertThat(told())
                .containsExactly(
                        "POLICY REFUSED pull the manifest 1 from team/app",
                        "POLICY REFUSED look up the manifest 1 in team/app",
                        "POLICY REFUSED pull the blob " + Digest.sha256(CONTENT) + " from team/app");
        assertThat(events.get(0).reason()).endsWith("have the image scanned");
    }

    @Test
    void anUploadThatGoesOnIsWatchedToo() {
        BlobUpload upload = app.blobs().startUpload(UploadOptions.defaults());
        upload.append(0, BlobSource.of(CONTENT));
        upload.commit(Digest.sha256(CONTENT));

        assertThat(events).isEmpty();
        assertThat(app.blobs().find(Digest.sha256(CONTENT))).isPresent();
    }

    @Test
    void aListenerThatFailsChangesNothing() {
        Repository told = Audited.of(engine, ALICE, event -> {
                    throw Expected.failure(new IllegalStateException("no disk"));
                })
                .repository(APP);
        push(ONE);

        assertThat(told.tags().delete(ONE)).isTrue();
        assertThat(app.tags().resolve(ONE)).isEmpty();
    }

    @Test
    void withoutAListenerThereIsNoView() {
        assertThat(Audited.of(engine, ALICE, AuditListener.none())).isSameAs(engine);
        assertThat(Audited.of(engine, ALICE, AuditListener.allOf(List.of(AuditListener.none()))))
                .isSameAs(engine);
    }
}
