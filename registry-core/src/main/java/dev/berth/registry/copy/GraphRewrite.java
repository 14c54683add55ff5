package dev.berth.registry.copy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Makes the manifests of an image anew, children before their indexes, so that each names the new digests. What refers to
 * the image is left out: it does not refer to the new one. For one thread.
 */
final class GraphRewrite {
    private static final int MAX_DEPTH = 100;

    /** So many bytes of new manifests are kept in memory until they are pushed. */
    private static final long MAX_NEW_BYTES = 64 * 1024 * 1024;

    private final ContentGraph graph;
    private final Function<ContentGraph.Node, Manifest> reading;
    private final UnaryOperator<String> types;
    private final UnaryOperator<Descriptor> blobs;

    private final Map<Digest, Descriptor> rewritten = new HashMap<>();
    private final Map<Digest, ContentGraph.Node> nodes = new LinkedHashMap<>();
    private final Map<Digest, NeededBlob> needed = new LinkedHashMap<>();
    private int depth;
    private long newBytes;

    private GraphRewrite(
            ContentGraph graph,
            Function<ContentGraph.Node, Manifest> reading,
            UnaryOperator<String> types,
            UnaryOperator<Descriptor> blobs) {
        this.graph = graph;
        this.reading = reading;
        this.types = types;
        this.blobs = blobs;
    }

    /**
     * An image that was made anew.
     *
     * @param root its manifest or index
     * @param graph what it consists of
     */
    record Image(Manifest root, ContentGraph graph) {}

    /** Returns an image with OCI's media types; it has the same root if it has no others. */
    static Image toOci(Image image, Function<ContentGraph.Node, Manifest> reading) {
        UnaryOperator<Descriptor> blobs = blob -> blob.withMediaType(OciMediaTypes.of(blob.mediaType()));
        return new GraphRewrite(image.graph(), reading, OciMediaTypes::of, blobs).of(image.root());
    }

    /** Returns an image with other blobs in the place of some. */
    static Image replace(
            Image image, Function<ContentGraph.Node, Manifest> reading, Map<Digest, Descriptor> replacements) {
        UnaryOperator<Descriptor> blobs = blob -> {
            Descriptor other = replacements.get(blob.digest());
            return other == null
                    ? blob
                    : moved(blob, other)
                            .withMediaType(OciMediaTypes.compressed(blob).orElse(other.mediaType()));
        };
        return new GraphRewrite(image.graph(), reading, UnaryOperator.identity(), blobs).of(image.root());
    }

    private Image of(Manifest root) {
        Manifest changed = rewrite(root);
        return new Image(changed, new ContentGraph(nodes, needed, Map.of()));
    }

    private Manifest rewrite(Manifest manifest) {
        if (++depth > MAX_DEPTH) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED, "The image has indexes within indexes, more than " + MAX_DEPTH + " deep");
        }
        ManifestDocument document = ManifestDocument.parse(manifest);
        ManifestDocument changed = document;
        if (document instanceof ImageManifest image) {
            changed = rewrite(image);
        } else if (document instanceof ImageIndex index) {
            changed = rewrite(index);
        }
        Manifest made = changed.equals(document) ? manifest : changed.toManifest();
        rewritten.put(manifest.digest(), made.descriptor());
        note(manifest, made, changed);
        depth--;
        return made;
    }

    private ImageManifest rewrite(ImageManifest image) {
        String mediaType = types.apply(image.mediaType());
        Descriptor config = blobs.apply(image.config());
        List<Descriptor> layers = image.layers().stream().map(blobs).toList();
        return mediaType.equals(image.mediaType())
                ? image.withContent(config, layers)
                : new ImageManifest(
                        mediaType,
                        image.declaredArtifactType(),
                        config,
                        layers,
                        image.subject(),
                        image.annotations(),
                        Optional.empty());
    }

    private ImageIndex rewrite(ImageIndex index) {
        Map<String, String> digests = new HashMap<>();
        List<Descriptor> children = index.manifests().stream()
                .map(child -> {
                    Descriptor now = child(child);
                    digests.put(child.digest().toString(), now.digest().toString());
                    return now;
                })
                .toList();
        List<Descriptor> named =
                children.stream().map(child -> describing(child, digests)).toList();
        String mediaType = types.apply(index.mediaType());
        return mediaType.equals(index.mediaType())
                ? index.withManifests(named)
                : new ImageIndex(
                        mediaType,
                        index.declaredArtifactType(),
                        named,
                        index.subject(),
                        index.annotations(),
                        Optional.empty());
    }

    private Descriptor child(Descriptor child) {
        ContentGraph.Node node = graph.manifests().get(child.digest());
        if (node == null) {
            return blobs.apply(child);
        }
        Descriptor known = rewritten.get(child.digest());
        return moved(child, known == null ? rewrite(reading.apply(node)).descriptor() : known);
    }

    /** An entry that describes another one of the index names it by its digest. */
    private static Descriptor describing(Descriptor entry, Map<String, String> digests) {
        String described = entry.annotations().get(PlatformChoice.DESCRIBED);
        String now = described == null ? null : digests.get(described);
        if (now == null || now.equals(described)) {
            return entry;
        }
        Map<String, String> annotations = new LinkedHashMap<>(entry.annotations());
        annotations.put(PlatformChoice.DESCRIBED, now);
        return entry.withAnnotations(annotations);
    }

    /** Returns a descriptor with the media type, digest and size of another, and all else of its own. */
    private static Descriptor moved(Descriptor before, Descriptor now) {
        return before.digest().equals(now.digest())
                ? before
                : new Descriptor(
                        now.mediaType(),
                        now.digest(),
                        now.size(),
                        before.artifactType(),
                        before.annotations(),
                        before.urls(),
                        before.platform(),
                        Optional.empty());
    }

    private void note(Manifest original, Manifest manifest, ManifestDocument document) {
        Set<Digest> before = new LinkedHashSet<>();
        for (ManifestReference reference : document.references()) {
            boolean isManifest =
                    reference.role() == ManifestReference.Role.MANIFEST && nodes.containsKey(reference.digest());
            if (reference.role() == ManifestReference.Role.SUBJECT || isManifest) {
                before.add(reference.digest());
            } else {
                needed.merge(
                        reference.digest(),
                        new NeededBlob(reference.descriptor(), !reference.required()),
                        NeededBlob::or);
            }
        }
        Optional<Manifest> kept =
                Optional.ofNullable(graph.manifests().get(original.digest())).flatMap(ContentGraph.Node::manifest);
        if (!manifest.equals(original)) {
            kept = Optional.of(manifest);
            newBytes += manifest.size();
        }
        if (newBytes > MAX_NEW_BYTES) {
            throw RegistryException.of(
                    ErrorCode.UNSUPPORTED,
                    "The manifests of the image that would be made anew are larger than " + MAX_NEW_BYTES
                            + " bytes; copy its parts one by one");
        }
        nodes.put(manifest.digest(), new ContentGraph.Node(manifest.descriptor(), kept, before));
    }
}
