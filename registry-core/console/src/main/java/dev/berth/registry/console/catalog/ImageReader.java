package dev.berth.registry.console.catalog;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageConfig;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what lists show of an image: its manifest, those that it lists, and one configuration. */
final class ImageReader {
    private static final String DESCRIPTION = "org.opencontainers.image.description";
    private static final String CREATED = "org.opencontainers.image.created";

    /** More images than an index has for good reason. */
    private static final int MOST_IMAGES = 64;

    private static final int MOST_PLATFORMS = 32;
    private static final int LONGEST_DESCRIPTION = 300;
    private static final int LONGEST_WORDS = 1_000;
    private static final int LONGEST_TYPE = 200;

    private final Repository repository;
    private final Function<Digest, Optional<Instant>> pushed;

    ImageReader(Repository repository, Function<Digest, Optional<Instant>> pushed) {
        this.repository = repository;
        this.pushed = pushed;
    }

    /**
     * Reads an image.
     *
     * @return what is known of it, one that is broken included; empty if it is not there any more
     * @throws RegistryException if the registry fails
     */
    Optional<ImageSummary> read(Digest digest) {
        Manifest manifest;
        try {
            manifest = repository.manifests().get(digest);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.NAME_UNKNOWN) {
                return Optional.empty();
            }
            return Optional.of(brokenOrFail(digest, "", e));
        }
        String type = cut(manifest.mediaType(), LONGEST_TYPE);
        try {
            return Optional.of(summary(manifest, ManifestDocument.parse(manifest), type));
        } catch (RegistryException e) {
            return Optional.of(brokenOrFail(digest, type, e));
        }
    }

    /** What is wrong with an image is shown; what is wrong with the registry may pass. */
    private ImageSummary brokenOrFail(Digest digest, String type, RegistryException e) {
        return switch (e.code()) {
            case UNAVAILABLE, TOOMANYREQUESTS, UNAUTHORIZED, DENIED -> throw e;
            default ->
                ImageSummary.broken(
                        digest, type, pushed.apply(digest), cut(String.valueOf(e.getMessage()), LONGEST_DESCRIPTION));
        };
    }

    private ImageSummary summary(Manifest manifest, ManifestDocument document, String type) {
        if (document instanceof ImageIndex index) {
            return ofIndex(manifest.digest(), index, type);
        }
        if (document instanceof ImageManifest image) {
            return image.isContainerImage() && !isStatement(image)
                    ? ofImage(manifest.digest(), image, type)
                    : new ImageSummary(
                            manifest.digest(),
                            ImageKind.ARTIFACT,
                            cut(typeOf(image).orElse(type), LONGEST_TYPE),
                            sizeOf(image),
                            created(image.annotations()),
                            pushed.apply(manifest.digest()),
                            List.of(),
                            description(image.annotations(), Map.of()),
                            words(image.annotations(), Map.of()),
                            "");
        }
        return new ImageSummary(
                manifest.digest(),
                ImageKind.ARTIFACT,
                type,
                manifest.size(),
                Optional.empty(),
                pushed.apply(manifest.digest()),
                List.of(),
                "",
                "",
                "");
    }

    /** Programs that sign give what they say the configuration of an image: no image has layers of JSON. */
    private static boolean isStatement(ImageManifest image) {
        return !image.layers().isEmpty()
                && image.layers().stream().allMatch(layer -> layer.mediaType().endsWith("json"));
    }

    private static Optional<String> typeOf(ImageManifest image) {
        return isStatement(image) && image.isContainerImage()
                ? Optional.of(image.layers().get(0).mediaType())
                : image.artifactType();
    }

    private ImageSummary ofImage(Digest digest, ImageManifest image, String type) {
        ImageConfig config = ImageConfig.read(repository, image.config());
        return new ImageSummary(
                digest,
                ImageKind.IMAGE,
                type,
                sizeOf(image),
                config.created().or(() -> created(image.annotations())),
                pushed.apply(digest),
                List.of(cut(config.platform().toString(), LONGEST_TYPE)),
                description(image.annotations(), config.labels()),
                words(image.annotations(), config.labels()),
                "");
    }

    /** The first image tells what the index does not say itself. */
    private ImageSummary ofIndex(Digest digest, ImageIndex index, String type) {
        Set<String> platforms = new LinkedHashSet<>();
        List<ImageSummary> images = new ArrayList<>();
        long size = 0;
        for (Descriptor entry : index.manifests()) {
            if (images.size() == MOST_IMAGES) {
                break;
            }
            // What a builder says about an image stands beside it, for a platform that is none.
            if (entry.platform().filter(platform -> !platform.isKnown()).isPresent()) {
                continue;
            }
            boolean single = ManifestDocument.isKnown(entry.mediaType()) && !ImageIndex.isImageIndex(entry.mediaType());
            Optional<ImageSummary> image = single ? read(entry.digest()) : Optional.empty();
            image.ifPresent(images::add);
            size += image.map(ImageSummary::size).orElse(0L);
            entry.platform()
                    .map(Platform::toString)
                    .or(() -> image.flatMap(one -> one.platforms().stream().findFirst()))
                    .filter(platform -> platforms.size() < MOST_PLATFORMS)
                    .ifPresent(platform -> platforms.add(cut(platform, LONGEST_TYPE)));
        }
        Optional<ImageSummary> first =
                images.stream().filter(image -> image.kind() == ImageKind.IMAGE).findFirst();
        String description = description(index.annotations(), Map.of());
        String words = words(index.annotations(), Map.of());
        return new ImageSummary(
                digest,
                ImageKind.INDEX,
                type,
                size,
                created(index.annotations()).or(() -> first.flatMap(ImageSummary::created)),
                pushed.apply(digest),
                List.copyOf(platforms),
                description.isEmpty() ? first.map(ImageSummary::description).orElse("") : description,
                words.isEmpty() ? first.map(ImageSummary::words).orElse("") : words,
                "");
    }

    private static long sizeOf(ImageManifest image) {
        return image.config().size()
                + image.layers().stream().mapToLong(Descriptor::size).sum();
    }

    private static Optional<Instant> created(Map<String, String> annotations) {
        try {
            return Optional.ofNullable(annotations.get(CREATED)).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static String description(Map<String, String> annotations, Map<String, String> labels) {
        String text = annotations.getOrDefault(DESCRIPTION, labels.getOrDefault(DESCRIPTION, ""));
        return cut(text.strip().replaceAll("\\s+", " "), LONGEST_DESCRIPTION);
    }

    /** Values only: their names are the same everywhere. */
    private static String words(Map<String, String> annotations, Map<String, String> labels) {
        StringBuilder words = new StringBuilder();
        Set<String> values = new LinkedHashSet<>(annotations.values());
        values.addAll(labels.values());
        for (String value : values) {
            if (words.length() >= LONGEST_WORDS) {
                break;
            }
            words.append(words.isEmpty() ? "" : " ").append(cut(value, LONGEST_WORDS));
        }
        return cut(words.toString(), LONGEST_WORDS);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }
}
