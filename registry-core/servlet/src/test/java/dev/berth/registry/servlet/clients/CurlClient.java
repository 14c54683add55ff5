package dev.berth.registry.servlet.clients;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** curl, of which an image is a few files. It pushes each blob in a request of its own. */
final class CurlClient implements ImageClient {
    private final Programs programs;
    private final Path directory;
    private final String scheme;
    private final List<String> command;

    CurlClient(Programs programs, Path directory, Optional<Path> authority) {
        this.programs = programs;
        this.directory = directory;
        this.scheme = authority.isPresent() ? "https://" : "http://";
        this.command = new ArrayList<>(List.of("curl", "-sSf"));
        authority.ifPresent(file -> command.addAll(List.of("--cacert", file.toString())));
    }

    @Override
    public void pull(String image) throws IOException, InterruptedException {
        curl("-H", "Accept: " + MediaTypes.OCI_MANIFEST, "-o", "manifest", uri(image, "manifests/" + tag(image)));
        for (Descriptor blob : blobs()) {
            curl("-o", blob.digest().hex(), uri(image, "blobs/" + blob.digest()));
        }
    }

    @Override
    public void push(String pulled, String target) throws IOException, InterruptedException {
        for (Descriptor blob : blobs()) {
            Digest digest = blob.digest();
            curl("-X", "POST", "-T", digest.hex(), uri(target, "blobs/uploads/?digest=" + digest));
        }
        curl(
                "-X",
                "PUT",
                "-H",
                "Content-Type: " + MediaTypes.OCI_MANIFEST,
                "--data-binary",
                "@manifest",
                uri(target, "manifests/" + tag(target)));
    }

    @Override
    public void forget(String pulled) throws IOException {
        for (Descriptor blob : blobs()) {
            Files.delete(directory.resolve(blob.digest().hex()));
        }
        Files.delete(directory.resolve("manifest"));
    }

    private List<Descriptor> blobs() throws IOException {
        Manifest manifest = Manifest.of(MediaTypes.OCI_MANIFEST, Files.readAllBytes(directory.resolve("manifest")));
        ImageManifest image = (ImageManifest) ManifestDocument.parse(manifest);
        List<Descriptor> blobs = new ArrayList<>(image.layers());
        blobs.add(image.config());
        return blobs;
    }

    private String uri(String image, String path) {
        int slash = image.indexOf('/');
        return scheme + image.substring(0, slash) + "/v2" + image.substring(slash, image.lastIndexOf(':')) + "/" + path;
    }

    private static String tag(String image) {
        return image.substring(image.lastIndexOf(':') + 1);
    }

    private void curl(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        programs.run(all);
    }
}
