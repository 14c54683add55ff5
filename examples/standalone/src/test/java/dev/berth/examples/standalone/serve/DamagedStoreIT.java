package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.DockerRegistryProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.SharedDirectory;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Content that a crash of Docker's registry has damaged is missing to berth.jar, and never a server error. The next push
 * repairs it for both registries. The tests damage a storage directory of Docker's registry by hand.
 */
class DamagedStoreIT {
    @TempDir
    static Path directory;

    private static BerthProcess berth;
    private static DockerRegistryProcess theirs;

    @BeforeAll
    static void damage() throws IOException, InterruptedException {
        Programs.assumeInstalled("docker-registry");
        Path storage = directory.resolve("registry");
        theirs = DockerRegistryProcess.serve(new SharedDirectory(storage), directory);
        for (Damage damage : Damage.values()) {
            theirs.http().pushImage(repository(damage), Damage.TAG, image(damage));
            damage.applyTo(storage, repository(damage), image(damage));
        }
        berth = BerthCommand.serve(storage).start();
    }

    @AfterAll
    static void stopServers() {
        if (berth != null) {
            berth.close();
        }
        if (theirs != null) {
            theirs.close();
        }
    }

    private static String repository(Damage damage) {
        return "damaged/" + damage.name().toLowerCase(Locale.ROOT);
    }

    /** Each image has unique blobs: repositories share equal ones. */
    private static TestImage image(Damage damage) {
        return TestImage.random(damage.ordinal(), 2, 5_000);
    }

    @ParameterizedTest
    @EnumSource
    void damagedContentIsMissingUntilItIsPushedAgain(Damage damage) throws IOException, InterruptedException {
        RegistryHttp registry = berth.http();
        String repository = repository(damage);
        TestImage image = image(damage);
        boolean layer = damage.part().isLayer();
        boolean manifest = damage.part().isManifest();
        boolean tag = manifest || damage.part() == Damage.Part.TAG_LINK;

        for (Content blob : image.blobs()) {
            boolean gone = layer && blob == image.layers().get(0);
            expect(gone, "/v2/" + repository + "/blobs/" + blob.digest());
        }
        expect(manifest, "/v2/" + repository + "/manifests/" + image.manifest().digest());
        expect(tag, "/v2/" + repository + "/manifests/" + Damage.TAG);
        assertThat(registry.get("/v2/" + repository + "/tags/list").statusCode())
                .isIn(200, 404);
        registry.catalog();

        pushWhatIsMissing(registry, repository, image);

        registry.expectImage(repository, Damage.TAG, image);
        assertThat(registry.tags(repository)).containsExactly(Damage.TAG);
        assertThat(registry.catalog()).contains(repository);
        theirs.http().expectImage(repository, Damage.TAG, image);
    }

    private void expect(boolean gone, String path) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = berth.http().get(path);
        RegistryHttp.expect(gone ? 404 : 200, response);
        assertThat(berth.http().head(path).statusCode()).isEqualTo(response.statusCode());
    }

    /** Checks for each blob and pushes the missing ones, like every client. */
    private static void pushWhatIsMissing(RegistryHttp registry, String repository, TestImage image)
            throws IOException, InterruptedException {
        List<Content> missing = new ArrayList<>();
        for (Content blob : image.blobs()) {
            if (registry.head("/v2/" + repository + "/blobs/" + blob.digest()).statusCode() == 404) {
                missing.add(blob);
            }
        }
        for (Content blob : missing) {
            registry.pushBlob(repository, blob, "sha256");
        }
        registry.pushManifest(repository, Damage.TAG, image.manifest());
    }
}
