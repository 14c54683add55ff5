package dev.berth.registry.scan.api;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.found.Distribution;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.found.PackageType;
import dev.berth.registry.scan.gate.GateDecision;
import dev.berth.registry.scan.internal.json.JsonWriter;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.known.KnownSignature;
import dev.berth.registry.scan.known.KnownSignatures;
import dev.berth.registry.scan.sbom.SbomEntry;
import dev.berth.registry.scan.service.PackageQuestion;
import dev.berth.registry.scan.service.PackageUse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The answers about packages, signatures, SBOMs, and the gate in JSON. */
final class KnownJson {
    private KnownJson() {}

    private static void image(JsonWriter json, RepositoryName repository, Digest image) throws IOException {
        json.text("repository", repository.value());
        json.text("digest", image.toString());
    }

    static void packages(
            JsonWriter json,
            RepositoryName repository,
            Digest image,
            Optional<ImageInventory> inventory,
            int total,
            List<ImagePackage> shown)
            throws IOException {
        image(json, repository, image);
        json.flag("known", inventory.isPresent());
        json.text(
                "distribution", inventory.flatMap(ImageInventory::distribution).map(Distribution::name));
        json.number("total", total);
        json.list("packages", () -> {
            for (ImagePackage one : shown) {
                json.object(() -> {
                    json.text("name", one.found().name());
                    json.text("version", one.found().version());
                    json.text("type", one.found().type().id());
                    json.text("packageUrl", one.packageUrl());
                    json.text("path", Optional.of(one.found().path()).filter(path -> !path.isEmpty()));
                    json.text("layer", one.layer().map(Digest::toString));
                });
            }
        });
        json.texts("gaps", inventory.map(ImageInventory::reasons).orElse(List.of()));
    }

    static void signatures(JsonWriter json, RepositoryName repository, Digest image, KnownSignatures found)
            throws IOException {
        image(json, repository, image);
        json.text("signed", ScanJson.word(found.signing()));
        json.flag("trustConfigured", found.judged());
        json.flag("complete", found.complete());
        json.list("signatures", () -> {
            for (KnownSignature one : found.all()) {
                json.object(() -> {
                    json.text("form", ScanJson.word(one.form()));
                    json.text("manifest", one.manifest().toString());
                    json.flag("attestation", one.attestation());
                    json.flag("accepted", one.accepted());
                    json.text("signer", one.signer());
                    json.text("predicateType", one.predicateType());
                    json.texts("reasons", one.reasons());
                    json.texts("warnings", one.warnings());
                });
            }
        });
    }

    static void sboms(JsonWriter json, RepositoryName repository, Digest image, List<SbomEntry> found)
            throws IOException {
        image(json, repository, image);
        json.list("sboms", () -> {
            for (SbomEntry one : found) {
                json.object(() -> {
                    json.text("format", one.format());
                    json.text("place", ScanJson.word(one.place()));
                    json.text("manifest", one.manifest().digest().toString());
                    json.text("document", one.document().digest().toString());
                    json.number("size", one.document().size());
                    if (one.packages().isPresent()) {
                        json.number("packages", one.packages().getAsInt());
                    }
                    json.text("problem", Optional.of(one.problem()).filter(text -> !text.isEmpty()));
                });
            }
        });
    }

    static void rules(JsonWriter json, RepositoryName repository, Digest image, List<GateDecision> decisions)
            throws IOException {
        image(json, repository, image);
        json.flag("handedOut", decisions.stream().allMatch(GateDecision::isHandedOut));
        json.list("rules", () -> {
            for (GateDecision decision : decisions) {
                json.object(() -> {
                    json.text("rule", decision.rule());
                    json.text("demands", decision.demands());
                    json.text("answer", ScanJson.word(decision.answer()));
                    json.text("reason", Optional.of(decision.reason()).filter(text -> !text.isEmpty()));
                    json.text("until", decision.until().map(Instant::toString));
                });
            }
        });
    }

    static void uses(JsonWriter json, PackageQuestion question, List<PackageUse> uses, boolean more)
            throws IOException {
        json.text("name", question.name());
        json.text("version", question.version());
        json.text("type", question.type().map(PackageType::id));
        json.list("images", () -> {
            for (PackageUse use : uses) {
                json.object(() -> {
                    image(json, use.image().repository(), use.image().digest());
                    json.list("packages", () -> {
                        for (FoundPackage found : use.packages()) {
                            json.object(() -> {
                                json.text("name", found.name());
                                json.text("version", found.version());
                                json.text("type", found.type().id());
                            });
                        }
                    });
                });
            }
        });
        json.text("next", more ? Optional.of(uses.get(uses.size() - 1).image().toString()) : Optional.empty());
    }
}
