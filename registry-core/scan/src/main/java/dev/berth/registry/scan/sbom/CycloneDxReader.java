package dev.berth.registry.scan.sbom;

import dev.berth.registry.scan.internal.json.JsonReader;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import java.io.IOException;
import java.util.Optional;

/** Reads the components of a CycloneDX document. For one document. */
final class CycloneDxReader {
    private static final int DEEPEST = 32;

    private final SbomContent content;

    CycloneDxReader(SbomContent content) {
        this.content = content;
    }

    /** Reads a field of the document. */
    void field(String name, JsonReader json) throws IOException {
        switch (name) {
            case "metadata" -> metadata(json);
            case "components" -> json.list(component -> component(component, 1));
            case "compositions" -> json.list(this::composition);
            default -> json.skip();
        }
    }

    private void metadata(JsonReader json) throws IOException {
        if (!json.isObject()) {
            json.skip();
            return;
        }
        json.object(name -> {
            switch (name) {
                // The image itself is no package of it, but what stands in it is.
                case "component" -> component(json, 0);
                case "properties" ->
                    json.list(property -> {
                        String[] pair = property(property);
                        if (pair[0].equals(SbomProperties.GAP)) {
                            content.gap(pair[1]);
                        }
                    });
                default -> json.skip();
            }
        });
    }

    private void component(JsonReader json, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new MalformedDocumentException("its components are more than " + DEEPEST + " deep");
        }
        NamedPackage named = new NamedPackage();
        String[] other = {"", ""};
        json.object(name -> {
            switch (name) {
                case "type" -> other[0] = json.textIfAny().orElse("");
                case "description" -> other[1] = json.textIfAny().orElse("");
                case "group" -> named.group = json.textIfAny();
                case "name" -> named.name = json.textIfAny();
                case "version" -> named.version = json.textIfAny();
                case "purl" -> named.purl = json.textIfAny();
                case "properties" ->
                    json.list(property -> {
                        String[] pair = property(property);
                        named.property(pair[0], pair[1]);
                    });
                case "components" -> json.list(inner -> component(inner, depth + 1));
                default -> json.skip();
            }
        });
        if (other[0].equals("operating-system")) {
            content.system(
                    named.name.orElse(""),
                    named.version.orElse(""),
                    Optional.of(other[1]).filter(text -> !text.isEmpty()));
        } else {
            content.add(named);
        }
    }

    private static String[] property(JsonReader json) throws IOException {
        String[] pair = {"", ""};
        json.object(name -> {
            switch (name) {
                case "name" -> pair[0] = json.textIfAny().orElse("");
                case "value" -> pair[1] = json.textIfAny().orElse("");
                default -> json.skip();
            }
        });
        return pair;
    }

    private void composition(JsonReader json) throws IOException {
        json.object(name -> {
            if (!name.equals("aggregate")) {
                json.skip();
            } else if (json.textIfAny()
                    .filter(text -> text.startsWith("incomplete"))
                    .isPresent()) {
                content.incomplete();
            }
        });
    }
}
