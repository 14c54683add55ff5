package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.SharedStorage;
import dev.berth.examples.standalone.programs.Skopeo;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** berth.jar and Docker's registry alternate on one storage. */
abstract class DockerRegistryInterop {
    private static final int LAYER = 20_000;
    private static final List<String> ARCHITECTURES = List.of("amd64", "arm64");

    private final TestImage app10 = image(1);
    private final TestImage app11 = image(2);
    private final TestImage app12 = image(3);
    private final TestImage gone = image(4);
    private final TestImage bySha512 = TestImage.random(5, 2, LAYER, "amd64", "sha512");
    private final List<TestImage> platforms = List.of(image(6), image(7));
    private final Content index = TestImage.index(ARCHITECTURES, platforms);

    @TempDir
    Path directory;

    private static TestImage image(long seed) {
        return TestImage.random(seed, 2, LAYER);
    }

    /** Returns an unused storage: the same one during a test. */
    abstract SharedStorage storage();

    /**
     * Returns whether deleting a tag leaves an empty link, because the storage has no conditional deletion. Berth ignores
     * an empty link; Docker's registry lists it and fails to read it.
     */
    abstract boolean leavesEmptyLinks();

    @BeforeEach
    void assumeDockerRegistry() {
        Programs.assumeInstalled("docker-registry");
    }

    /**
     * Pushes every kind of content: nested repositories, an index, sha512 digests, a deleted image, an unfinished upload
     * and an unreferenced blob.
     */
    private void pushEverything(RegistryHttp registry, String folder) throws IOException, InterruptedException {
        registry.pushImage(folder, "1.0", app12);
        registry.pushImage(folder + "/app", "1.0", app10);
        registry.pushImage(folder + "/app", "1.1", app11);
        registry.pushImage(folder + "/sha512", "1.0", bySha512, "sha512");
        for (TestImage platform : platforms) {
            registry.pushImage(folder + "/multi", platform.manifest().digest(), platform);
        }
        registry.pushManifest(folder + "/multi", "1.0", index);
        registry.pushImage(folder + "/gone", "1.0", gone);
        delete(registry, folder + "/gone", gone);
        registry.startUpload(folder + "/started");
        registry.pushBlob(folder + "/blob", app10.config(), "sha256");
    }

    private static void delete(RegistryHttp registry, String repository, TestImage image)
            throws IOException, InterruptedException {
        RegistryHttp.expect(
                202,
                registry.delete(
                        "/v2/" + repository + "/manifests/" + image.manifest().digest()));
    }

    private void expectEverything(RegistryHttp registry, String folder) throws IOException, InterruptedException {
        expectAllBut512(registry, folder);
        registry.expectImage(folder + "/sha512", "1.0", bySha512, "sha512");
    }

    private void expectAllBut512(RegistryHttp registry, String folder) throws IOException, InterruptedException {
        registry.expectImage(folder, "1.0", app12);
        registry.expectImage(folder + "/app", "1.0", app10);
        registry.expectImage(folder + "/app", "1.1", app11);
        registry.expectManifest(folder + "/multi", "1.0", index);
        for (TestImage platform : platforms) {
            registry.expectImage(folder + "/multi", platform.manifest().digest(), platform);
        }
        assertThat(registry.tags(folder + "/app")).containsExactlyInAnyOrder("1.0", "1.1");
        assertThat(registry.tags(folder + "/multi")).containsExactly("1.0");
        assertThat(registry.getManifest(folder + "/gone", gone.manifest().digest())
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void contentOfDockerRegistryIsServed() throws IOException, InterruptedException {
        List<String> catalog = List.of("theirs", "theirs/app", "theirs/multi", "theirs/sha512");
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(storage(), directory)) {
            pushEverything(theirs.http(), "theirs");
            theirs.stop();
        }

        try (BerthProcess berth = storage().serve().start()) {
            expectEverything(berth.http(), "theirs");
            assertThat(berth.http().catalog()).isEqualTo(catalog);
        }
    }

    @Test
    void imagesPushedBySkopeoToDockerRegistryArePulledFromBerth() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        OciLayout in = OciLayout.write(directory.resolve("in"), "it", app10);
        Path first = directory.resolve("first");
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(storage(), directory)) {
            Skopeo skopeo = new Skopeo(theirs.hostAndPort(), directory);
            skopeo.copy("oci:" + in.directory() + ":it", skopeo.docker("team/app:oci"));
            skopeo.copy("oci:" + in.directory() + ":it", skopeo.docker("team/app:docker"), "--format", "v2s2");
            skopeo.copy(skopeo.docker("team/app:docker"), "dir:" + first);
            theirs.stop();
        }

        try (BerthProcess berth = storage().serve().start()) {
            Skopeo skopeo = new Skopeo(berth.hostAndPort(), directory);
            Path second = directory.resolve("second");
            OciLayout out = new OciLayout(directory.resolve("out"));
            skopeo.copy(skopeo.docker("team/app:oci"), "oci:" + out.directory() + ":it");
            skopeo.copy(skopeo.docker("team/app:docker"), "dir:" + second);

            out.expect(app10);
            assertThat(second.resolve("manifest.json")).hasSameBinaryContentAs(first.resolve("manifest.json"));
        }
    }

    /** An artifact with a subject. registry:2 stores it but ignores the subject. */
    private Content signature() {
        Content nothing = TestImage.json("application/vnd.oci.empty.v1+json", "{}");
        return TestImage.json(TestImage.MANIFEST, """
                {"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.example.signature",\
                "config":%s,"layers":[%s],"subject":%s}""".formatted(
                        TestImage.MANIFEST,
                        nothing.descriptor("sha256"),
                        nothing.descriptor("sha256"),
                        app10.manifest().descriptor("sha256")));
    }

    @Test
    void contentOfBerthIsServedByDockerRegistryAndSurvivesItsGarbageCollector()
            throws IOException, InterruptedException {
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(storage(), directory)) {
            pushEverything(theirs.http(), "theirs");
            theirs.http().pushImage("theirs/shared", "1.0", app10);
            theirs.http().pushImage("theirs/shared", "moved", app10);
            theirs.http().pushImage("theirs/shared", "dropped", app11);
            theirs.stop();
        }
        try (BerthProcess berth = storage().serve().withDeletion().start()) {
            RegistryHttp registry = berth.http();
            pushEverything(registry, "ours");
            registry.pushBlob("ours/app", TestImage.json("application/vnd.oci.empty.v1+json", "{}"), "sha256");
            registry.pushManifest("ours/app", signature().digest(), signature());
            registry.pushImage("theirs/shared", "new", app12);
            registry.pushManifest("theirs/shared", "moved", app12.manifest());
            RegistryHttp.expect(202, registry.delete("/v2/theirs/shared/manifests/dropped"));
            assertThat(berth.stop().err()).doesNotContain("Exception");
        }

        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(storage(), directory)) {
            expectEverything(theirs.http(), "theirs");
            expectEverything(theirs.http(), "ours");
            expectShared(theirs.http());
            expectDropped(theirs.http(), leavesEmptyLinks());
            assertThat(theirs.http().catalog())
                    .contains("ours/app", "ours/multi", "ours/sha512", "theirs/app", "theirs/shared");
            theirs.stop();
        }

        String wouldCollect = DockerRegistryProcess.collectGarbage(storage(), directory, "--dry-run")
                .out();
        assertThat(wouldCollect).contains("ours/sha512", bySha512.config().digest("sha512"));
        DockerRegistryProcess.collectGarbage(storage(), directory);
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(storage(), directory)) {
            expectAllBut512(theirs.http(), "theirs");
            expectEverything(theirs.http(), "ours");
            expectShared(theirs.http());
            expectDropped(theirs.http(), leavesEmptyLinks());
            theirs.http().expectManifest("ours/app", signature().digest(), signature());
            theirs.stop();
        }
        try (BerthProcess berth = storage().serve().start()) {
            expectEverything(berth.http(), "ours");
            expectShared(berth.http());
            expectDropped(berth.http(), false);
            HttpResponse<byte[]> referrers = berth.http()
                    .get("/v2/ours/app/referrers/" + app10.manifest().digest());
            assertThat(new Content("", referrers.body()).text())
                    .contains(signature().digest());
        }
    }

    private void expectShared(RegistryHttp registry) throws IOException, InterruptedException {
        registry.expectImage("theirs/shared", "1.0", app10);
        registry.expectImage("theirs/shared", "new", app12);
        registry.expectImage("theirs/shared", "moved", app12);
        registry.expectManifest("theirs/shared", app11.manifest().digest(), app11.manifest());
    }

    private static void expectDropped(RegistryHttp registry, boolean emptyLinkIsATag)
            throws IOException, InterruptedException {
        List<String> tags = new ArrayList<>(List.of("1.0", "moved", "new"));
        if (emptyLinkIsATag) {
            tags.add("dropped");
        }
        assertThat(registry.tags("theirs/shared")).containsExactlyInAnyOrderElementsOf(tags);
        for (String image : List.of("theirs/shared dropped", "ours/gone 1.0")) {
            String[] names = image.split(" ");
            assertThat(registry.getManifest(names[0], names[1]).statusCode()).isEqualTo(emptyLinkIsATag ? 500 : 404);
        }
    }

    /** registry:2 stores a blob of a sha512 digest by its sha256, where its own garbage collector does not look for it. */
    @Test
    void contentThatTheGarbageCollectorDeletedIsMissingUntilItIsPushedAgain() throws IOException, InterruptedException {
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(storage(), directory)) {
            pushEverything(theirs.http(), "theirs");
            theirs.stop();
        }
        DockerRegistryProcess.collectGarbage(storage(), directory);

        try (BerthProcess berth = storage().serve().start()) {
            RegistryHttp registry = berth.http();
            for (Content blob : bySha512.blobs()) {
                assertThat(registry.getBlob("theirs/sha512", blob.digest("sha512"))
                                .statusCode())
                        .isEqualTo(404);
            }
            registry.pushImage("theirs/sha512", "1.0", bySha512, "sha512");
            expectEverything(registry, "theirs");
        }
    }

    @Test
    void contentThatBypassedTheIndexIsListedAfterReindex() throws IOException, InterruptedException {
        try (BerthProcess berth = storage().serve().start()) {
            berth.http().pushImage("team/app", "1.0", app10);
            berth.http().pushImage("team/app", "old", gone);
            berth.http().pushImage("team/old", "1.0", gone);
            assertThat(berth.http().tags("team/app")).containsExactly("1.0", "old");
            berth.stop();
        }
        try (DockerRegistryProcess theirs = DockerRegistryProcess.serve(storage(), directory)) {
            theirs.http().pushImage("team/app", "1.1", app11);
            theirs.http().pushImage("team/more", "1.0", app12);
            delete(theirs.http(), "team/app", gone);
            delete(theirs.http(), "team/old", gone);
            theirs.stop();
        }

        storage().reindex().run().successful();

        try (BerthProcess berth = storage().serve().start()) {
            assertThat(berth.http().tags("team/app")).containsExactly("1.0", "1.1");
            assertThat(berth.http().catalog()).containsExactly("team/app", "team/more");
            berth.http().expectImage("team/app", "1.0", app10);
            berth.http().expectImage("team/app", "1.1", app11);
            berth.http().expectImage("team/more", "1.0", app12);
        }
    }
}
