package dev.berth.registry.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.internal.json.DescriptorJson;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes manifests: {@link ManifestDocument#toManifest}. What was read is written over the tree that it was read from,
 * and there only what has changed, so that all else stays as it was.
 */
final class ManifestWriter {

    private ManifestWriter() {}

    static void requireSameType(String mediaType, Optional<Manifest> source) {
        if (source.isPresent() && !source.get().mediaType().equals(mediaType)) {
            throw new IllegalArgumentException("A document of the media type '" + mediaType
                    + "' cannot have been read from a manifest of the media type '"
                    + source.get().mediaType() + "'");
        }
    }

    static Manifest write(ImageManifest document) {
        Optional<ImageManifest> before = document.source().map(source -> (ImageManifest) ManifestParser.parse(source));
        if (before.isPresent() && before.get().equals(document)) {
            return before.get().source().orElseThrow();
        }
        ObjectNode tree = begin(document.source(), document.mediaType());
        Originals originals = Originals.in(tree);
        putArtifactType(tree, before.flatMap(ImageManifest::declaredArtifactType), document.declaredArtifactType());
        if (!before.map(ImageManifest::config).equals(Optional.of(document.config()))) {
            tree.set("config", originals.write(document.config()));
        }
        if (!before.map(ImageManifest::layers).equals(Optional.of(document.layers()))) {
            tree.set("layers", originals.write(document.layers()));
        }
        putSubject(tree, originals, before.flatMap(ImageManifest::subject), document.subject());
        putAnnotations(tree, before.map(ImageManifest::annotations).orElse(Map.of()), document.annotations());
        return Manifest.of(document.mediaType(), StrictJson.write(tree));
    }

    static Manifest write(ImageIndex document) {
        Optional<ImageIndex> before = document.source().map(source -> (ImageIndex) ManifestParser.parse(source));
        if (before.isPresent() && before.get().equals(document)) {
            return before.get().source().orElseThrow();
        }
        ObjectNode tree = begin(document.source(), document.mediaType());
        Originals originals = Originals.in(tree);
        putArtifactType(tree, before.flatMap(ImageIndex::declaredArtifactType), document.declaredArtifactType());
        if (!before.map(ImageIndex::manifests).equals(Optional.of(document.manifests()))) {
            tree.set("manifests", originals.write(document.manifests()));
        }
        putSubject(tree, originals, before.flatMap(ImageIndex::subject), document.subject());
        putAnnotations(tree, before.map(ImageIndex::annotations).orElse(Map.of()), document.annotations());
        return Manifest.of(document.mediaType(), StrictJson.write(tree));
    }

    private static ObjectNode begin(Optional<Manifest> source, String mediaType) {
        if (source.isPresent()) {
            return JsonObject.root(StrictJson.parse(source.get().asByteBuffer()))
                    .node();
        }
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("schemaVersion", 2);
        tree.put("mediaType", mediaType);
        return tree;
    }

    private static void putArtifactType(ObjectNode tree, Optional<String> before, Optional<String> now) {
        if (!before.equals(now)) {
            now.ifPresentOrElse(type -> tree.put("artifactType", type), () -> tree.remove("artifactType"));
        }
    }

    private static void putSubject(
            ObjectNode tree, Originals originals, Optional<Descriptor> before, Optional<Descriptor> now) {
        if (!before.equals(now)) {
            now.ifPresentOrElse(subject -> tree.set("subject", originals.write(subject)), () -> tree.remove("subject"));
        }
    }

    private static void putAnnotations(ObjectNode tree, Map<String, String> before, Map<String, String> now) {
        if (now.isEmpty() && !before.isEmpty()) {
            tree.remove("annotations");
        } else if (!before.equals(now)) {
            tree.set("annotations", DescriptorJson.toTree(now));
        }
    }

    /** The descriptors of the original document as they stand there, with fields that are not known here. */
    private static final class Originals {
        private final Map<Descriptor, JsonNode> trees = new HashMap<>();

        static Originals in(ObjectNode document) {
            Originals originals = new Originals();
            JsonObject view = JsonObject.root(document);
            for (String name : List.of("config", "subject")) {
                view.object(name).ifPresent(originals::add);
            }
            for (String name : List.of("layers", "manifests")) {
                view.objects(name).forEach(originals::add);
            }
            return originals;
        }

        private void add(JsonObject descriptor) {
            trees.putIfAbsent(DescriptorJson.read(descriptor), descriptor.node());
        }

        JsonNode write(Descriptor descriptor) {
            JsonNode original = trees.get(descriptor);
            return original == null ? DescriptorJson.toTree(descriptor) : original;
        }

        ArrayNode write(List<Descriptor> descriptors) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(descriptors.size());
            descriptors.forEach(descriptor -> array.add(write(descriptor)));
            return array;
        }
    }
}
