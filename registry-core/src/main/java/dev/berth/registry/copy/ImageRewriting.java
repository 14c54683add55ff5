package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What of an image a copy changes: the format of its manifests, and then the compression of its layers. */
final class ImageRewriting {
    private final Function<ContentGraph.Node, Manifest> reading;
    private final GraphRewrite.Image original;
    private final GraphRewrite.Image converted;
    private final Map<Digest, String> compressible;

    /**
     * Converts the manifests.
     *
     * @param keep whether all must stay as it is, whatever the options say
     */
    ImageRewriting(
            CopyOptions options,
            boolean keep,
            Function<ContentGraph.Node, Manifest> reading,
            GraphRewrite.Image original) {
        this.reading = reading;
        this.original = original;
        GraphRewrite.Image alone = original;
        if (!keep && options.format() == ManifestFormat.OCI) {
            alone = GraphRewrite.toOci(original, reading);
        }
        boolean changed = !alone.root().equals(original.root());
        this.compressible = keep || options.compression() == LayerCompression.KEEP
                ? Map.of()
                : compressible(changed ? alone : GraphRewrite.replace(original, reading, Map.of()));
        if (!changed && !compressible.isEmpty()) {
            alone = GraphRewrite.replace(original, reading, Map.of());
        }
        // What is not changed keeps what refers to it.
        this.converted = changed || !compressible.isEmpty() ? alone : original;
    }

    /** Returns the layers that are plain tars wherever they are named, and their media types when they are compressed. */
    private Map<Digest, String> compressible(GraphRewrite.Image image) {
        Map<Digest, String> plain = new HashMap<>();
        Set<Digest> others = new HashSet<>();
        for (ContentGraph.Node node : image.graph().nodes()) {
            ManifestDocument document = ManifestDocument.parse(node.manifest().orElseGet(() -> reading.apply(node)));
            document.references().forEach(reference -> {
                Optional<String> type = document instanceof ImageManifest manifest
                                && manifest.isContainerImage()
                                && reference.required()
                                && manifest.layers().contains(reference.descriptor())
                        ? OciMediaTypes.compressed(reference.descriptor())
                        : Optional.empty();
                type.ifPresentOrElse(
                        mediaType -> plain.put(reference.digest(), mediaType), () -> others.add(reference.digest()));
            });
        }
        plain.keySet().removeAll(others);
        return plain;
    }

    /** Returns the image in its new format, or as it was. */
    GraphRewrite.Image converted() {
        return converted;
    }

    /** Returns the media type that a blob is to be compressed to; empty if it stays as it is. */
    Optional<String> compressedType(NeededBlob blob) {
        return Optional.ofNullable(compressible.get(blob.digest()));
    }

    /** Returns the image with these layers in the place of what they were before compression. */
    GraphRewrite.Image compressed(Map<Digest, Descriptor> layers) {
        return layers.isEmpty() ? converted : GraphRewrite.replace(converted, reading, layers);
    }

    /** Says how the copy differs from the source. */
    String changes(ImageLocation from, Digest copied) {
        boolean format = !converted.root().equals(original.root());
        String what = format && !compressible.isEmpty()
                ? "its manifests were converted to OCI's format and its layers were compressed"
                : format ? "its manifests were converted from Docker's format to OCI's" : "its layers were compressed";
        int others = original.graph().manifests().size()
                - converted.graph().manifests().size();
        return from + " has another digest as a copy, " + copied + " and not "
                + original.root().digest() + ", since "
                + what
                + (others > 0
                        ? "; " + others + " manifests that belong to the old one, such as signatures, were not copied"
                        : "");
    }
}
