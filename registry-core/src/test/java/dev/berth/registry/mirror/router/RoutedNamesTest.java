package dev.berth.registry.mirror.router;

import static dev.berth.registry.mirror.router.Routed.LATEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which registry a name is read from, and where what is pushed to it goes. */
class RoutedNamesTest {
    private static RegistryException failure(ErrorCode code, ThrowingCallable call) {
        RegistryException failure = catchThrowableOfType(RegistryException.class, call);
        assertThat(failure).as("failure").isNotNull();
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
        return failure;
    }

    @Test
    void thePrefixSaysWhichRegistryItIs() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest ofHub = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Manifest ofOther = Routed.image(setup.other.stored(), "library/app", 2, LATEST);

            assertThat(Routed.pull(setup.client.repository("hub.example/library/app"), LATEST))
                    .isEqualTo(ofHub);
            assertThat(Routed.pull(setup.client.repository("other.example-5000/library/app"), LATEST))
                    .isEqualTo(ofOther);

            assertThat(setup.hub.lines()).allMatch(line -> line.contains(" /v2/library/app/"));
            assertThat(setup.other.lines()).allMatch(line -> line.contains(" /v2/library/app/"));
            assertThat(setup.router.repositories().map(RepositoryName::value).toList())
                    .containsExactly("hub.example/library/app", "other.example-5000/library/app");
            assertThat(setup.router.mirrors())
                    .extracting(PullThrough::name)
                    .containsExactly("hub.example", "other.example-5000");
        }
    }

    @Test
    void aNameOfNoMirrorIsTheSameRepositoryOfTheDefault() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest image = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Routed.image(setup.other.stored(), "library/app", 2, LATEST);

            assertThat(Routed.pull(setup.client.repository("library/app"), LATEST))
                    .isEqualTo(image);
            long downloads = blobsAsked(setup);
            assertThat(Routed.pull(setup.client.repository("hub.example/library/app"), LATEST))
                    .isEqualTo(image);

            assertThat(downloads).isEqualTo(2);
            assertThat(blobsAsked(setup)).isEqualTo(2);
            assertThat(setup.router.mirrors().get(0).status().images()).isEqualTo(1);
            assertThat(setup.client.repository("library/app").tags().list().toList())
                    .containsExactly(LATEST);
            assertThat(setup.client.repositories().toList())
                    .containsExactly(RepositoryName.parse("hub.example/library/app"));
            assertThat(setup.other.requests()).isEmpty();
        }
    }

    private static long blobsAsked(Routed setup) {
        return setup.hub.lines().stream()
                .filter(line -> line.startsWith("GET ") && line.contains("/blobs/"))
                .count();
    }

    @Test
    void withoutADefaultNobodyIsAsked() throws Exception {
        try (Routed setup = new Routed(builder -> builder, List.of(), RegistryServer::builder)) {
            Routed.image(setup.hub.stored(), "library/app", 1, LATEST);

            failure(
                    ErrorCode.MANIFEST_UNKNOWN,
                    () -> setup.client.repository("library/app").manifests().get(LATEST));
            assertThat(setup.hub.requests()).isEmpty();
        }
    }

    @Test
    void whatWasPushedHereIsNeverMixedWithWhatTheDefaultHas() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest theirs = Routed.image(setup.hub.stored(), "team/app", 1, LATEST, Tag.parse("9.9"));
            Content.artifact(setup.hub.stored().repository("team/app"), theirs, "note");
            Repository app = setup.client.repository("team/app");
            Routed.pull(app, LATEST);

            Manifest ours = Routed.image(setup.client, "team/app", 2, Tag.parse("1.0"));
            setup.hub.requests().clear();

            assertThat(Routed.pull(app, Tag.parse("1.0"))).isEqualTo(ours);
            failure(ErrorCode.MANIFEST_UNKNOWN, () -> app.manifests().get(LATEST));
            failure(ErrorCode.MANIFEST_UNKNOWN, () -> app.manifests().get(Tag.parse("9.9")));
            failure(ErrorCode.MANIFEST_UNKNOWN, () -> app.manifests().get(theirs.digest()));
            failure(ErrorCode.BLOB_UNKNOWN, () -> app.blobs().open(Routed.layer(theirs)));
            assertThat(app.manifests().find(LATEST)).isEmpty();
            assertThat(app.blobs().find(Routed.layer(theirs))).isEmpty();
            assertThat(app.tags().list().toList()).containsExactly(Tag.parse("1.0"));
            assertThat(app.manifests().referrers(theirs.digest()).toList()).isEmpty();
            assertThat(setup.hub.requests()).isEmpty();
            assertThat(Routed.pull(setup.client.repository("hub.example/team/app"), LATEST))
                    .isEqualTo(theirs);
        }
    }

    @Test
    void aRepositoryWithoutTagsWasPushedAsWell() throws Exception {
        try (Routed setup = new Routed()) {
            Routed.image(setup.hub.stored(), "team/app", 1, LATEST);
            Manifest ours = Routed.image(setup.client, "team/app", 2);
            setup.hub.requests().clear();

            failure(
                    ErrorCode.MANIFEST_UNKNOWN,
                    () -> setup.client.repository("team/app").manifests().get(LATEST));
            assertThat(setup.client.repository("team/app").manifests().get(ours.digest()))
                    .isEqualTo(ours);
            assertThat(setup.hub.requests()).isEmpty();
        }
    }

    @Test
    void namesThatAreOnlyHereAreNeverAskedUpstream() throws Exception {
        try (Routed setup = new Routed(
                builder -> builder.byDefault(Routed.HUB).onlyHere(List.of(NamePattern.parse("team/**"))),
                List.of(),
                RegistryServer::builder)) {
            Manifest theirs = Routed.image(setup.hub.stored(), "team/app", 1, LATEST);
            Repository app = setup.client.repository("team/app");

            failure(ErrorCode.MANIFEST_UNKNOWN, () -> app.manifests().get(LATEST));
            assertThat(app.blobs().find(Routed.layer(theirs))).isEmpty();
            failure(ErrorCode.NAME_UNKNOWN, () -> app.tags().list().toList());
            Manifest ours = Routed.image(setup.client, "team/app", 2, LATEST);
            assertThat(app.manifests().get(LATEST)).isEqualTo(ours);
            assertThat(app.manifests().delete(ours.digest()).deleted()).isTrue();
            failure(ErrorCode.MANIFEST_UNKNOWN, () -> app.manifests().get(LATEST));
            assertThat(setup.hub.requests()).isEmpty();
        }
    }

    @Test
    void pushesGoToTheLocalRegistryOrAreRefused() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest image = Routed.image(setup.client, "library/app", 1, LATEST);

            assertThat(setup.local.repository("library/app").manifests().get(LATEST))
                    .isEqualTo(image);
            assertThat(setup.hub.stored().repositories().toList()).isEmpty();
            failure(
                    ErrorCode.UNSUPPORTED,
                    () -> setup.client
                            .repository("hub.example/library/app")
                            .blobs()
                            .push(BlobSource.of(new byte[] {1})));
        }
    }

    @Test
    void aManifestMayBePushedWhoseBlobsTheClientHasFoundInTheDefault() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest theirs = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Repository app = setup.client.repository("library/app");
            assertThat(app.blobs().find(Routed.layer(theirs))).isPresent();

            app.manifests().put(theirs, Tag.parse("mine"));

            assertThat(Routed.pull(setup.local.repository("library/app"), Tag.parse("mine")))
                    .isEqualTo(theirs);
            assertThat(app.tags().list().toList()).containsExactly(Tag.parse("mine"));
        }
    }

    @Test
    void whatIsDeletedUnderTheShortNameIsDeletedHere() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest theirs = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Repository app = setup.client.repository("library/app");
            Routed.pull(app, LATEST);

            assertThat(app.manifests().delete(theirs.digest()).deleted()).isFalse();
            assertThat(app.blobs().delete(Routed.layer(theirs))).isFalse();

            assertThat(setup.local
                            .repository("hub.example/library/app")
                            .manifests()
                            .find(LATEST))
                    .isPresent();
            assertThat(Routed.pull(app, LATEST)).isEqualTo(theirs);
        }
    }

    @Test
    void aDefaultThatFailsIsNotNotFound() throws Exception {
        try (Routed setup = new Routed()) {
            Routed.answers(setup.hub, 503);
            Repository app = setup.client.repository("library/app");
            failure(ErrorCode.UNAVAILABLE, () -> app.manifests().get(LATEST));
            Routed.answers(setup.hub, 401);
            failure(ErrorCode.DENIED, () -> app.manifests().get(LATEST));
            Routed.answers(setup.hub, 429);
            failure(ErrorCode.TOOMANYREQUESTS, () -> app.manifests().get(LATEST));

            Manifest ours = Routed.image(setup.local, "library/app", 1, LATEST);

            assertThat(Routed.pull(app, LATEST)).isEqualTo(ours);
        }
    }

    @Test
    void ifNobodyKnowsWhatIsHereNobodyElseIsAsked() throws Exception {
        try (Routed setup = new Routed()) {
            Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Repository app = setup.client.repository("library/app");
            setup.local.close();

            failure(ErrorCode.UNAVAILABLE, () -> app.manifests().get(LATEST));
            failure(ErrorCode.UNAVAILABLE, () -> app.tags().list().toList());
            failure(ErrorCode.UNAVAILABLE, () -> app.blobs().open(Digest.sha256(new byte[1])));
            assertThat(setup.hub.requests()).isEmpty();
        }
    }

    @Test
    void aRegistryThatFailsHarmsNoOther() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest image = Routed.image(setup.other.stored(), "library/app", 2, LATEST);
            Routed.answers(setup.hub, 503);

            assertThat(Routed.pull(setup.client.repository("other.example-5000/library/app"), LATEST))
                    .isEqualTo(image);
            setup.router.maintain();
            setup.router.checkHealth();
        }
    }

    @Test
    void aBlobOfOneRegistryIsNotGivenUnderTheNameOfAnother() throws Exception {
        try (Routed setup = new Routed()) {
            Manifest image = Routed.image(setup.hub.stored(), "library/app", 1, LATEST);
            Routed.pull(setup.client.repository("hub.example/library/app"), LATEST);

            for (String name : List.of("other.example-5000/library/app", "hub.example/team/app", "team/app")) {
                Repository repository = setup.client.repository(name);
                failure(ErrorCode.BLOB_UNKNOWN, () -> repository.blobs().open(Routed.layer(image)));
                failure(ErrorCode.MANIFEST_UNKNOWN, () -> repository.manifests().get(image.digest()));
                assertThat(repository.blobs().find(Routed.layer(image))).isEmpty();
            }
        }
    }

    @Test
    void aNameThatIsTooLongForTheDefaultIsThatOfTheLocalRegistry() throws Exception {
        try (Routed setup = new Routed()) {
            String name = "a".repeat(250);

            failure(
                    ErrorCode.MANIFEST_UNKNOWN,
                    () -> setup.client.repository(name).manifests().get(LATEST));
            Manifest ours = Routed.image(setup.client, name, 2, LATEST);
            assertThat(Routed.pull(setup.client.repository(name), LATEST)).isEqualTo(ours);
        }
    }

    @Test
    void anUnclearSetOfMirrorsIsRefused() {
        ObjectStore store = MemoryObjectStore.create();
        Registry local = StorageRegistry.over(store);
        Registry upstream = StorageRegistry.over(MemoryObjectStore.create());
        MirrorRouter.Builder router =
                MirrorRouter.over(local).route(mirror(upstream, local, store, "a", "hub.example"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.route(mirror(upstream, local, store, "b", "hub.example/team")))
                .withMessageContainingAll("hub.example/team", "share names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.route(mirror(upstream, local, store, "b", "hub.example")))
                .withMessageContaining("share names");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.route(mirror(upstream, local, store, "a", "hub.example-2")))
                .withMessageContaining("same name 'a'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> router.route(PullThrough.of(upstream, local, store, MirrorOptions.defaults())))
                .withMessageContaining("has no prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        router.byDefault(RepositoryName.parse("third.example")).build())
                .withMessageContainingAll("third.example", "[hub.example]");
    }

    private static PullThrough mirror(
            Registry upstream, Registry local, ObjectStore store, String name, String prefix) {
        return PullThrough.of(
                upstream,
                local,
                store,
                MirrorOptions.builder()
                        .name(name)
                        .prefix(RepositoryName.parse(prefix))
                        .build());
    }
}
