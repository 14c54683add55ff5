package dev.berth.registry.contract;

import dev.berth.registry.Descriptor;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A manifest that is being written, field by field, as a client would. What is put in must need no quoting in JSON. */
final class ManifestText {
    static final String ARTIFACT_TYPE = "application/vnd.example.thing";

    private final String mediaType;
    private final List<String> fields = new ArrayList<>();
    private final List<String> layers = new ArrayList<>();
    private final List<String> children = new ArrayList<>();
    private final Map<String, String> annotations = new LinkedHashMap<>();
    private Optional<Descriptor> config = Optional.empty();
    private boolean typed = true;

    private ManifestText(String mediaType) {
        this.mediaType = mediaType;
    }

    static ManifestText of(String mediaType) {
        return new ManifestText(mediaType);
    }

    /** An OCI image whose config and layer have just been pushed. */
    static ManifestText imageWithContentIn(Repository repository) {
        return of(MediaTypes.OCI_MANIFEST).withContentIn(repository, MediaTypes.OCI_CONFIG, MediaTypes.OCI_LAYER_TAR);
    }

    /** An OCI index, which needs nothing. */
    static ManifestText index() {
        return of(MediaTypes.OCI_INDEX);
    }

    /** Pushes a config and a layer, and refers to them. */
    ManifestText withContentIn(Repository repository, String configType, String layerType) {
        return config(blob(repository, configType, 300)).layer(blob(repository, layerType, 5000));
    }

    private static Descriptor blob(Repository repository, String mediaType, int size) {
        return Descriptor.of(mediaType, RegistryRules.pushFresh(repository, size), size);
    }

    /** Does not say its type. */
    ManifestText untyped() {
        typed = false;
        return this;
    }

    ManifestText config(Descriptor newConfig) {
        config = Optional.of(newConfig);
        return this;
    }

    ManifestText layer(Descriptor layer) {
        layers.add(json(layer));
        return this;
    }

    ManifestText child(Descriptor manifest) {
        children.add(json(manifest));
        return this;
    }

    ManifestText subject(Descriptor subject) {
        return field("subject", json(subject));
    }

    ManifestText artifactType(String type) {
        return field("artifactType", quoted(type));
    }

    ManifestText annotation(String name, String value) {
        annotations.put(name, value);
        return this;
    }

    /** Adds any other field. */
    ManifestText field(String name, String json) {
        fields.add(quoted(name) + ": " + json);
        return this;
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        all.add("\"schemaVersion\": 2");
        if (typed) {
            all.add("\"mediaType\": " + quoted(mediaType));
        }
        all.addAll(fields);
        config.ifPresent(blob -> {
            all.add("\"config\": " + json(blob));
            all.add("\"layers\": " + array(layers));
        });
        if (mediaType.equals(MediaTypes.OCI_INDEX) || mediaType.equals(MediaTypes.DOCKER_MANIFEST_LIST)) {
            all.add("\"manifests\": " + array(children));
        }
        if (!annotations.isEmpty()) {
            all.add("\"annotations\": " + object(annotations));
        }
        return "{\n  " + String.join(",\n  ", all) + "\n}";
    }

    byte[] bytes() {
        return toString().getBytes(StandardCharsets.UTF_8);
    }

    Manifest manifest() {
        return Manifest.of(mediaType, bytes());
    }

    Manifest manifest(DigestAlgorithm algorithm) {
        return Manifest.of(mediaType, bytes(), algorithm);
    }

    /** A manifest of exactly this size, by an annotation that is as long as it must be. */
    Manifest manifestOf(int bytes) {
        annotation("org.example.padding", "");
        int padding = bytes - bytes().length;
        return annotation("org.example.padding", "x".repeat(padding)).manifest();
    }

    private static String json(Descriptor descriptor) {
        String urls = descriptor.urls().isEmpty()
                ? ""
                : ", \"urls\": "
                        + array(descriptor.urls().stream()
                                .map(ManifestText::quoted)
                                .toList());
        return String.format(
                "{\"mediaType\": \"%s\", \"digest\": \"%s\", \"size\": %d%s}",
                descriptor.mediaType(), descriptor.digest(), descriptor.size(), urls);
    }

    private static String array(List<String> elements) {
        return "[" + String.join(", ", elements) + "]";
    }

    private static String object(Map<String, String> strings) {
        return strings.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }
}
