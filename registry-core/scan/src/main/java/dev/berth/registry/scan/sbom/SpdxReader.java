package dev.berth.registry.scan.sbom;

import dev.berth.registry.scan.internal.json.JsonReader;
import java.io.IOException;
import java.util.Optional;

/** Reads the packages of an SPDX document, of version 2 or 3. For one document. */
final class SpdxReader {
    private final SbomContent content;

    SpdxReader(SbomContent content) {
        this.content = content;
    }

    /** Reads the packages of version 2. */
    void packages(JsonReader json) throws IOException {
        json.list(this::onePackage);
    }

    private void onePackage(JsonReader json) throws IOException {
        NamedPackage named = new NamedPackage();
        String[] purpose = {""};
        json.object(name -> {
            switch (name) {
                case "name" -> named.name = json.textIfAny();
                case "versionInfo" -> named.version = json.textIfAny();
                case "primaryPackagePurpose" -> purpose[0] = json.textIfAny().orElse("");
                case "externalRefs" ->
                    json.list(ref -> {
                        Optional<String> purl = identifier(ref, "referenceType", "purl", "referenceLocator");
                        named.purl = named.purl.or(() -> purl);
                    });
                default -> json.skip();
            }
        });
        add(named, purpose[0].equals("OPERATING-SYSTEM") || purpose[0].equals("OPERATING_SYSTEM"));
    }

    /** Reads the elements of version 3. */
    void graph(JsonReader json) throws IOException {
        json.list(this::element);
    }

    private void element(JsonReader json) throws IOException {
        NamedPackage named = new NamedPackage();
        String[] kind = {"", ""};
        json.object(name -> {
            switch (name) {
                case "type", "@type" -> kind[0] = json.textIfAny().orElse("");
                case "name" -> named.name = json.textIfAny();
                case "software_packageVersion" -> named.version = json.textIfAny();
                case "software_packageUrl" -> {
                    Optional<String> purl = json.textIfAny();
                    named.purl = purl.or(() -> named.purl);
                }
                case "software_primaryPurpose" -> kind[1] = json.textIfAny().orElse("");
                case "externalIdentifier" ->
                    json.list(ref -> {
                        Optional<String> purl = identifier(ref, "externalIdentifierType", "packageUrl", "identifier");
                        named.purl = named.purl.or(() -> purl);
                    });
                default -> json.skip();
            }
        });
        if (kind[0].equals("software_Package")) {
            add(named, kind[1].equals("operatingSystem"));
        }
    }

    private void add(NamedPackage named, boolean system) throws IOException {
        if (system) {
            content.system(named.name.orElse(""), named.version.orElse(""), Optional.empty());
        } else {
            content.add(named);
        }
    }

    /** Returns the identifier in an object, if it is of a type. */
    private static Optional<String> identifier(JsonReader json, String typeField, String type, String valueField)
            throws IOException {
        String[] pair = {"", ""};
        json.object(name -> {
            if (name.equals(typeField)) {
                pair[0] = json.textIfAny().orElse("");
            } else if (name.equals(valueField)) {
                pair[1] = json.textIfAny().orElse("");
            } else {
                json.skip();
            }
        });
        return pair[0].equals(type) ? Optional.of(pair[1]) : Optional.empty();
    }
}
