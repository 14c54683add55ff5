package dev.berth.examples.query;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.CredentialFiles;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;

/** Prints the tags, platforms, configuration, layers and referrers of an image. */
public final class Query {
    private static final int MOST_TAGS = 20;

    private Query() {}

    /** Asks about each reference, such as {@code debian:12} or {@code localhost:5000/team/app:1.0}. */
    public static void main(String[] references) throws IOException {
        RemoteOptions options =
                RemoteOptions.builder().credentials(CredentialFiles.docker()).build();
        for (String text : references) {
            Reference reference = Reference.parse(text);
            try (Registry registry = RemoteRegistry.at(reference.registry(), options)) {
                Repository repository = registry.repository(reference.repository());
                repository.tags().list().limit(MOST_TAGS).forEach(tag -> System.out.println("tag " + tag));
                describe(repository, repository.manifests().get(reference.selector()));
            }
        }
    }

    private static void describe(Repository repository, Manifest manifest) throws IOException {
        System.out.println(manifest.mediaType() + " " + manifest.digest());
        ManifestDocument document = ManifestDocument.parse(manifest);
        if (document instanceof ImageIndex index) {
            for (Descriptor image : index.manifests()) {
                String platform = image.platform().map(Platform::toString).orElse("none");
                System.out.println("platform " + platform + " " + image.digest());
            }
        } else if (document instanceof ImageManifest image) {
            try (BlobContent content = repository.blobs().open(image.config().digest())) {
                ImageConfig config = ImageConfig.parse(content.stream().readAllBytes());
                System.out.println("platform " + config.platform());
                System.out.println("labels " + config.execution().labels());
            }
            image.layers().forEach(layer -> System.out.println("layer " + layer));
        }
        for (Descriptor referrer : repository.manifests().referrers(manifest.digest())) {
            System.out.println("referrer " + referrer.artifactType().orElse("none") + " " + referrer.digest());
        }
    }
}
