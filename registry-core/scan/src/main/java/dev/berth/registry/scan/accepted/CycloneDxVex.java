package dev.berth.registry.scan.accepted;

import dev.berth.registry.Digest;
import dev.berth.registry.internal.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a CycloneDX document says of vulnerabilities. For one document. */
final class CycloneDxVex {
    private static final String LINK = "urn:cdx:";

    private final Map<String, String> purls = new HashMap<>();
    private final List<Acceptance> entries = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private Optional<String> author = Optional.empty();
    private Optional<Instant> published = Optional.empty();
    private Optional<ProductName> subject = Optional.empty();

    private CycloneDxVex() {}

    static Acceptances read(JsonObject root) {
        if (!root.requireString("bomFormat").equals("CycloneDX")) {
            throw root.malformed("bomFormat", "must be CycloneDX");
        }
        CycloneDxVex file = new CycloneDxVex();
        root.object("metadata").ifPresent(file::metadata);
        root.objects("components").forEach(file::component);
        root.objects("vulnerabilities").forEach(file::vulnerability);
        return Acceptances.of(file.entries, file.notes);
    }

    private void metadata(JsonObject metadata) {
        published = OpenVexFile.time(metadata, "timestamp");
        author = metadata.objects("authors").stream()
                .flatMap(person -> person.string("name").stream())
                .findFirst()
                .or(() -> metadata.object("supplier").flatMap(supplier -> supplier.string("name")));
        metadata.object("component").ifPresent(main -> {
            component(main);
            subject = main.string("purl").flatMap(ProductName::of).filter(ProductName::isImage);
        });
    }

    private void component(JsonObject component) {
        component.string("bom-ref").ifPresent(ref -> component.string("purl").ifPresent(purl -> purls.put(ref, purl)));
        component.objects("components").forEach(this::component);
    }

    private void vulnerability(JsonObject vulnerability) {
        Optional<JsonObject> analysis = vulnerability.object("analysis");
        Optional<Status> status = analysis.flatMap(said -> said.string("state")).flatMap(CycloneDxVex::status);
        if (status.isEmpty()) {
            return; // it tells what is known, not whether it counts
        }
        Set<String> ids = new LinkedHashSet<>();
        ids.add(vulnerability.requireString("id"));
        vulnerability.objects("references").forEach(other -> other.string("id").ifPresent(ids::add));
        ids.removeIf(String::isBlank);
        String reason = analysis.flatMap(said -> said.string("detail").or(() -> said.string("justification")))
                .orElse(status.get().id());
        Optional<Instant> since = analysis.flatMap(
                        said -> OpenVexFile.time(said, "lastUpdated").or(() -> OpenVexFile.time(said, "firstIssued")))
                .or(() -> OpenVexFile.time(vulnerability, "updated"))
                .or(() -> published);
        List<ProductName> products = products(vulnerability);
        for (ProductName product : products) {
            entries.add(new Acceptance(
                    List.copyOf(ids),
                    product.packages(),
                    product.repositories(),
                    product.image(),
                    status.get(),
                    reason,
                    author.orElse(""),
                    since,
                    Optional.empty()));
        }
        if (products.isEmpty()) {
            notes.add(
                    "What is said about " + JsonObject.printable(ids.iterator().next())
                            + " names no image and no package by a package URL; it has no effect");
        }
    }

    private static Optional<Status> status(String state) {
        return switch (state) {
            case "not_affected", "false_positive" -> Optional.of(Status.NOT_AFFECTED);
            case "resolved", "resolved_with_pedigree" -> Optional.of(Status.FIXED);
            case "exploitable" -> Optional.of(Status.AFFECTED);
            case "in_triage" -> Optional.of(Status.UNDER_INVESTIGATION);
            default -> Optional.empty();
        };
    }

    private List<ProductName> products(JsonObject vulnerability) {
        List<ProductName> products = new ArrayList<>();
        for (JsonObject affects : vulnerability.objects("affects")) {
            if (affects.objects("versions").isEmpty()) {
                product(affects.requireString("ref")).map(this::inSubject).ifPresent(products::add);
            } // what is said of some versions only could be taken for all
        }
        return products;
    }

    /** A package is meant as it is in the image that the document is about, if that is one. */
    private ProductName inSubject(ProductName product) {
        Optional<Digest> image = subject.flatMap(ProductName::image);
        return product.isImage() || image.isEmpty()
                ? product
                : new ProductName(product.packages(), Optional.empty(), image);
    }

    private Optional<ProductName> product(String ref) {
        String name = ref;
        int fragment = ref.indexOf('#');
        if (ref.startsWith(LINK) && fragment >= 0) {
            try {
                name = URLDecoder.decode(ref.substring(fragment + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return ProductName.of(purls.getOrDefault(name, name));
    }
}
