package dev.berth.registry.scan.sbom;

import dev.berth.registry.Digest;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.internal.json.JsonWriter;
import dev.berth.registry.scan.internal.purl.ImagePurl;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes inventories of images as SBOMs in CycloneDX 1.6, as JSON.
 *
 * <p>The same inventory of the same image gives the same bytes: the serial number is made from the content, and there is no
 * time but that of the image. The image is the component that the document is about, with {@code pkg:oci} as its package URL.
 * Each package has its package URL, the file that names it ({@code berth:path}), its layer ({@code berth:layer}) and, where they
 * have other names, its source package and the version of that ({@code berth:source}, {@code berth:sourceVersion}). If something
 * was not read, the composition is {@code incomplete}, and {@code berth:gap} says why, once for each reason.
 *
 * <p>All methods are thread-safe.
 *
 * @since 0.1
 */
public final class CycloneDxSbom {
    /** The media type of the document, and the type of the artifact that has it. */
    public static final String MEDIA_TYPE = SbomTypes.CYCLONEDX;

    private final ImageInventory inventory;
    private final SbomSubject subject;
    private final String image;

    private CycloneDxSbom(ImageInventory inventory, SbomSubject subject) {
        this.inventory = inventory;
        this.subject = subject;
        this.image = ImagePurl.of(subject.repository(), subject.image(), subject.architecture());
    }

    /**
     * Writes an SBOM in UTF-8 to a stream, which stays open.
     *
     * @throws IOException if the stream fails
     */
    public static void write(ImageInventory inventory, SbomSubject subject, OutputStream out) throws IOException {
        CycloneDxSbom sbom = new CycloneDxSbom(
                Objects.requireNonNull(inventory, "inventory"), Objects.requireNonNull(subject, "subject"));
        MessageDigest hash = subject.image().algorithm().newMessageDigest();
        try (OutputStream hashing = new DigestOutputStream(OutputStream.nullOutputStream(), hash)) {
            sbom.document(hashing, Optional.empty());
        }
        String content = Digest.finish(subject.image().algorithm(), hash).toString();
        UUID serial = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
        sbom.document(out, Optional.of("urn:uuid:" + serial));
    }

    private void document(OutputStream out, Optional<String> serial) throws IOException {
        JsonWriter.write(
                out,
                json -> json.object(() -> {
                    json.text("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
                    json.text("bomFormat", "CycloneDX");
                    json.text("specVersion", "1.6");
                    json.text("serialNumber", serial);
                    json.number("version", 1);
                    json.object("metadata", () -> metadata(json));
                    json.list("components", () -> components(json));
                    if (!inventory.isComplete()) {
                        json.list(
                                "compositions",
                                () -> json.object(() -> {
                                    json.text("aggregate", "incomplete");
                                    json.texts("assemblies", List.of(image));
                                }));
                    }
                }));
    }

    private void metadata(JsonWriter json) throws IOException {
        json.text(
                "timestamp",
                subject.created()
                        .map(time -> time.truncatedTo(ChronoUnit.SECONDS).toString()));
        json.object(
                "tools",
                () -> json.list(
                        "components",
                        () -> json.object(() -> {
                            json.text("type", "application");
                            json.text("name", "Berth");
                        })));
        json.object("component", () -> {
            json.text("type", "container");
            json.text("bom-ref", image);
            json.text("name", subject.repository().value());
            json.text("version", subject.image().toString());
            json.list(
                    "hashes",
                    () -> json.object(() -> {
                        json.text("alg", hashName(subject.image()));
                        json.text("content", subject.image().hex());
                    }));
            json.text("purl", image);
        });
        if (!inventory.isComplete()) {
            json.list("properties", () -> {
                for (String reason : inventory.reasons()) {
                    property(json, SbomProperties.GAP, reason);
                }
            });
        }
    }

    private static String hashName(Digest digest) {
        return switch (digest.algorithm()) {
            case SHA256 -> "SHA-256";
            case SHA512 -> "SHA-512";
        };
    }

    private void components(JsonWriter json) throws IOException {
        if (inventory.distribution().isPresent()) {
            json.object(() -> system(json, inventory.distribution().get()));
        }
        Map<String, Integer> times = new HashMap<>();
        for (ImagePackage found : inventory.packages()) {
            int time = times.merge(found.packageUrl(), 1, Integer::sum);
            // Two files may name the same package.
            String ref = time == 1 ? found.packageUrl() : found.packageUrl() + "#" + time;
            json.object(() -> component(json, found, ref));
        }
    }

    private static void system(JsonWriter json, Distribution system) throws IOException {
        json.text("type", "operating-system");
        json.text("bom-ref", "os:" + system.id());
        json.text("name", system.id());
        if (!system.version().isEmpty()) {
            json.text("version", system.version());
        }
        json.text("description", system.name());
    }

    private static void component(JsonWriter json, ImagePackage component, String ref) throws IOException {
        FoundPackage found = component.found();
        json.text("type", "library");
        json.text("bom-ref", ref);
        int split = ComponentName.split(found);
        if (split > 0) {
            json.text("group", found.name().substring(0, split));
            json.text("name", found.name().substring(split + 1));
        } else {
            json.text("name", found.name());
        }
        json.text("version", found.version());
        json.text("purl", component.packageUrl());
        Map<String, String> properties = properties(component);
        if (!properties.isEmpty()) {
            json.list("properties", () -> {
                for (Map.Entry<String, String> property : properties.entrySet()) {
                    property(json, property.getKey(), property.getValue());
                }
            });
        }
    }

    private static Map<String, String> properties(ImagePackage component) {
        FoundPackage found = component.found();
        Map<String, String> properties = new LinkedHashMap<>();
        if (!found.path().isEmpty()) {
            properties.put(SbomProperties.PATH, found.path());
        }
        component.layer().ifPresent(layer -> properties.put(SbomProperties.LAYER, layer.toString()));
        found.source().ifPresent(source -> properties.put(SbomProperties.SOURCE, source));
        found.sourceVersion().ifPresent(version -> properties.put(SbomProperties.SOURCE_VERSION, version));
        if (!found.type().isSystem()) { // the package URL has it otherwise
            found.architecture().ifPresent(value -> properties.put(SbomProperties.ARCHITECTURE, value));
        }
        return properties;
    }

    private static void property(JsonWriter json, String name, String value) throws IOException {
        json.object(() -> {
            json.text("name", name);
            json.text("value", value);
        });
    }
}
