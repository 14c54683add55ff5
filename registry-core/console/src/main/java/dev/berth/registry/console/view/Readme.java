package dev.berth.registry.console.view;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A text that was attached to an image to describe it: {@code oras attach --artifact-type text/markdown NAME README.md}.
 * Immutable. It comes from whoever pushed it.
 *
 * @param manifest the artifact
 * @param text its beginning, or all of it
 * @param markdown whether it is in Markdown
 * @param cut whether there is more
 */
public record Readme(Digest manifest, String text, boolean markdown, boolean cut) {
    private static final String CREATED = "org.opencontainers.image.created";
    private static final String TITLE = "org.opencontainers.image.title";
    private static final int MOST_REFERRERS = 100;
    private static final int MOST_BYTES = 256 * 1024;

    private static final Set<String> MARKDOWN = Set.of("text/markdown", "text/x-markdown", "application/markdown");
    private static final String PLAIN = "text/plain";

    /** Checks that the parts are there. */
    public Readme {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(text, "text");
    }

    /**
     * Reads the text that was attached to an image last. One that cannot be read is none.
     *
     * @throws RegistryException if the registry fails
     */
    public static Optional<Readme> of(Repository repository, Digest image) {
        return repository.manifests().referrers(image).limit(MOST_REFERRERS).stream()
                .filter(Readme::isReadme)
                .max(Comparator.comparing(referrer -> referrer.annotations().getOrDefault(CREATED, "")))
                .flatMap(referrer -> read(repository, referrer.digest()));
    }

    private static boolean isReadme(Descriptor referrer) {
        String type = referrer.artifactType().orElse("").toLowerCase(Locale.ROOT);
        return MARKDOWN.contains(type) || type.equals(PLAIN) || type.contains("readme") || type.contains("markdown");
    }

    private static Optional<Readme> read(Repository repository, Digest manifest) {
        try {
            if (ManifestDocument.parse(repository.manifests().get(manifest)) instanceof ImageManifest artifact) {
                Optional<Descriptor> layer = layer(artifact.layers());
                return layer.isPresent() ? Optional.of(read(repository, manifest, layer.get())) : Optional.empty();
            }
            return Optional.empty();
        } catch (RegistryException e) {
            var unused = Problems.of(e);
            return Optional.empty();
        } catch (IOException e) {
            throw RegistryException.of(
                    ErrorCode.UNAVAILABLE, "The text about " + repository.name() + " could not be read", e);
        }
    }

    /** An artifact may have pictures beside the text. */
    private static Optional<Descriptor> layer(List<Descriptor> layers) {
        return layers.stream()
                .filter(layer -> isText(layer.mediaType()) || isText(title(layer)))
                .findFirst()
                .or(() -> layers.stream().findFirst());
    }

    private static boolean isText(String typeOrName) {
        String plain = typeOrName.toLowerCase(Locale.ROOT);
        return MARKDOWN.contains(plain) || plain.equals(PLAIN) || plain.endsWith(".md") || plain.endsWith("readme");
    }

    private static String title(Descriptor layer) {
        return layer.annotations().getOrDefault(TITLE, "");
    }

    private static Readme read(Repository repository, Digest manifest, Descriptor layer) throws IOException {
        try (BlobContent content = repository.blobs().open(layer.digest())) {
            byte[] bytes = content.stream().readNBytes(MOST_BYTES + 1);
            boolean cut = bytes.length > MOST_BYTES;
            String text = new String(bytes, 0, Math.min(bytes.length, MOST_BYTES), StandardCharsets.UTF_8);
            boolean plain = layer.mediaType().equals(PLAIN) && !title(layer).toLowerCase(Locale.ROOT).endsWith(".md");
            return new Readme(manifest, text, !plain, cut);
        }
    }
}
