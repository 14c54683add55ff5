package dev.berth.examples.query;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Reference;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.CredentialFiles;
import dev.berth.registry.manifest.PlatformImages;
import dev.berth.registry.manifest.ResolvedImage;

/** Prints the tags, platforms, configuration, layers and referrers of an image. */
public final class Query {
    private static final int MOST_TAGS = 20;

    private Query() {}

    /** Prints each reference, such as {@code debian:12} or {@code localhost:5000/team/app:1.0}. */
    public static void main(String[] references) {
        RemoteOptions options =
                RemoteOptions.builder().credentials(CredentialFiles.docker()).build();
        for (String text : references) {
            Reference reference = Reference.parse(text);
            try (Registry registry = RemoteRegistry.at(reference.registry(), options)) {
                describe(ImageLocation.of(registry, reference.repository(), reference.selector()));
            }
        }
    }

    private static void describe(ImageLocation location) {
        Repository repository = location.repository();
        repository.tags().list().limit(MOST_TAGS).forEach(tag -> System.out.println("tag " + tag));
        Descriptor named = location.find().orElseThrow();
        System.out.println(named.mediaType() + " " + named.digest());
        for (Descriptor found : PlatformImages.of(location).images()) {
            ResolvedImage image = ResolvedImage.of(location.withSelector(found.digest()));
            String platform = found.platform().orElseThrow().toString();
            System.out.println("platform " + platform + " " + found.digest() + ", " + image.size() + " bytes");
            System.out.println("labels " + image.config().labels());
            image.layers().forEach(layer -> System.out.println("layer " + layer));
        }
        for (Descriptor referrer : repository.manifests().referrers(named.digest())) {
            System.out.println("referrer " + referrer.artifactType().orElse("none") + " " + referrer.digest());
        }
    }
}
