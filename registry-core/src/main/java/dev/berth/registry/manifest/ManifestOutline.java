package dev.berth.registry.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.JsonScanner;
import dev.berth.registry.internal.json.JsonScanner.Token;
import dev.berth.registry.internal.json.KnownNames;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.Outlines;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a registry has to know of a manifest to store it: {@link ManifestDocument#outline}. Reads the tokens once, and keeps
 * neither a tree nor annotations, so that even a manifest of a quarter of a million annotations needs little memory.
 */
final class ManifestOutline {
    private static final KnownNames NAMES = new KnownNames(ManifestParser.NAMES);

    private static final KnownNames OPAQUE_NAMES = KnownNames.of("subject", "artifactType");

    private final Map<String, List<Descriptor>> lists = new LinkedHashMap<>();
    private final Map<String, Descriptor> single = new LinkedHashMap<>();
    private final JsonObject fields;

    private ManifestOutline(JsonObject fields) {
        this.fields = fields;
    }

    static ManifestDocument read(Manifest manifest) {
        ManifestParser.requireSupported(manifest);
        if (!ManifestDocument.isKnown(manifest.mediaType())) {
            return opaque(manifest);
        }
        try {
            ManifestOutline outline = scan(manifest);
            ManifestParser.check(manifest, outline.fields);
            return outline.known(manifest);
        } catch (MalformedJsonException e) {
            throw ManifestParser.invalid(manifest, e);
        }
    }

    private static ManifestOutline scan(Manifest manifest) {
        JsonScanner document = JsonScanner.of(manifest.asByteBuffer());
        begin(document);
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        ManifestOutline outline = new ManifestOutline(JsonObject.root(fields));
        NAMES.read(document, fields, (name, value) -> outline.field(document, name, value));
        document.requireEnd();
        return outline;
    }

    private JsonNode field(JsonScanner document, String name, Token first) {
        if (first == Token.OBJECT && (name.equals("config") || name.equals("subject"))) {
            single.put(name, Outlines.descriptor(document, first, name));
            return JsonNodeFactory.instance.objectNode();
        }
        if (first == Token.ARRAY && (name.equals("layers") || name.equals("manifests"))) {
            lists.put(name, list(document, name));
            return JsonNodeFactory.instance.arrayNode();
        }
        return Outlines.strings(document, first);
    }

    private static List<Descriptor> list(JsonScanner document, String name) {
        List<Descriptor> list = new ArrayList<>();
        for (Token element = document.next(); element != Token.END_ARRAY; element = document.next()) {
            list.add(Outlines.descriptor(document, element, name + "[" + list.size() + "]"));
        }
        return list;
    }

    private StoredDocument known(Manifest manifest) {
        List<ManifestReference> references = new ArrayList<>();
        Optional<String> artifactType = ManifestParser.artifactType(fields);
        if (ImageManifest.isImageManifest(manifest.mediaType())) {
            ManifestParser.refuse(fields, "manifests", "an image manifest");
            fields.requireObject("config");
            Descriptor config = Objects.requireNonNull(single.get("config"), "config");
            references.add(ManifestReference.config(config));
            list("layers").forEach(layer -> references.add(ManifestReference.layer(layer)));
            artifactType = artifactType.or(() -> Optional.of(config.mediaType()));
        } else {
            ManifestParser.refuse(fields, "config", "an index");
            ManifestParser.refuse(fields, "layers", "an index");
            list("manifests").forEach(entry -> references.add(ManifestReference.manifest(entry)));
        }
        fields.object("subject");
        Optional<Descriptor> subject = Optional.ofNullable(single.get("subject"));
        subject.map(ManifestReference::subject).ifPresent(references::add);
        fields.stringMap("annotations");
        return new StoredDocument(manifest, subject, references, artifactType);
    }

    private List<Descriptor> list(String name) {
        ManifestParser.requireList(fields, name);
        return lists.getOrDefault(name, List.of());
    }

    /** Of a manifest of an unknown media type, what is not in its usual form counts as absent. */
    private static StoredDocument opaque(Manifest manifest) {
        Optional<JsonObject> document = ManifestParser.attempt(() -> opaqueFields(manifest));
        Optional<Descriptor> subject = ManifestParser.ask(
                        document, json -> json.object("subject").map(Outlines::descriptor))
                .orElse(Optional.empty());
        return new StoredDocument(
                manifest,
                subject,
                subject.map(ManifestReference::subject).stream().toList(),
                ManifestParser.ask(document, ManifestParser::artifactType).orElse(Optional.empty()));
    }

    private static JsonObject opaqueFields(Manifest manifest) {
        JsonScanner document = JsonScanner.of(manifest.asByteBuffer());
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        begin(document);
        OPAQUE_NAMES.read(
                document,
                fields,
                (name, value) -> name.equals("subject")
                        ? Outlines.descriptorTree(document, value)
                        : Outlines.strings(document, value));
        document.requireEnd();
        return JsonObject.root(fields);
    }

    private static void begin(JsonScanner document) {
        Token first = document.next();
        if (first != Token.OBJECT) {
            throw JsonObject.notAnObject(document, first);
        }
    }
}
