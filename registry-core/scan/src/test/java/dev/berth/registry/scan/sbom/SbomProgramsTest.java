package dev.berth.registry.scan.sbom;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.cyclonedx.Version;
import org.cyclonedx.parsers.JsonParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SBOMs that other programs attach are read, and they find those that are attached here. */
@Tag("any-jdk")
class SbomProgramsTest {
    @TempDir
    Path directory;

    private RegistryServer server;
    private RemoteRegistry remote;
    private SbomWorld world;
    private Programs programs;
    private String image;

    @BeforeEach
    void start() throws IOException {
        server = RegistryServer.builder(StorageRegistry.over(MemoryObjectStore.create()))
                .listen("127.0.0.1", 0)
                .build()
                .start();
        String host = "127.0.0.1:" + server.address().getPort();
        remote = RemoteRegistry.at("http://" + host);
        world = new SbomWorld(remote);
        programs = new Programs(directory);
        image = host + "/team/app@" + world.image.digest();
    }

    @AfterEach
    void stop() {
        remote.close();
        server.close();
    }

    @Test
    void orasFindsWhatIsAttached() throws IOException, InterruptedException {
        Programs.require("oras");
        String sbom = SbomAttachment.of(SbomWorld.LAYERS)
                .attach(world.repository, world.image)
                .get(0)
                .digest()
                .toString();

        assertThat(oras("discover", "--plain-http", "--artifact-type", CycloneDxSbom.MEDIA_TYPE, image))
                .contains(sbom);

        String repository = image.substring(0, image.indexOf('@'));
        oras("pull", "--plain-http", "-o", directory.resolve("pulled").toString(), repository + "@" + sbom);
        byte[] document = Files.readAllBytes(directory.resolve("pulled/sbom.cdx.json"));
        assertThat(new JsonParser().validate(document, Version.VERSION_16)).isEmpty();
    }

    @Test
    void whatOrasAttachesIsRead() throws IOException, InterruptedException {
        Programs.require("oras");
        Files.writeString(directory.resolve("sbom.json"), SbomWorld.CYCLONEDX);

        oras("attach", "--plain-http", "--artifact-type", "application/vnd.cyclonedx+json", image, "sbom.json");

        assertRead(AttachedSbom.Place.REFERRER);
    }

    @Test
    void whatCosignAttestsIsRead() throws IOException, InterruptedException {
        Programs.require("cosign");
        Files.writeString(directory.resolve("sbom.json"), SbomWorld.CYCLONEDX);
        cosign("generate-key-pair");

        cosign(
                "attest",
                "--tlog-upload=false",
                "--yes",
                "--allow-http-registry",
                "--key",
                "cosign.key",
                "--type",
                "cyclonedx",
                "--predicate",
                "sbom.json",
                image);

        assertRead(AttachedSbom.Place.ATTESTATION);
    }

    private void assertRead(AttachedSbom.Place place) {
        assertThat(AttachedSboms.create().read(world.repository, world.image, Optional.empty()))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.place()).isEqualTo(place);
                    assertThat(SbomWorld.urls(found.inventory().orElseThrow()))
                            .containsExactly("pkg:deb/debian/curl@8.1-1?arch=amd64&distro=debian-12");
                });
    }

    private String oras(String... arguments) throws IOException, InterruptedException {
        return program("oras", arguments);
    }

    private String cosign(String... arguments) throws IOException, InterruptedException {
        return program("cosign", arguments);
    }

    private String program(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("env", "-C", directory.toString(), "COSIGN_PASSWORD=x", "HOME=" + directory, name));
        command.addAll(List.of(arguments));
        return programs.run(command);
    }
}
