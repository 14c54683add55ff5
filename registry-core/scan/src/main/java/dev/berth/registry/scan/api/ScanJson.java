package dev.berth.registry.scan.api;

import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.scan.accepted.Acceptance;
import dev.berth.registry.scan.accepted.AcceptedFinding;
import dev.berth.registry.scan.accepted.JudgedReport;
import dev.berth.registry.scan.difference.ChangedPackage;
import dev.berth.registry.scan.difference.ImageDifference;
import dev.berth.registry.scan.internal.json.JsonWriter;
import dev.berth.registry.scan.inventory.ImagePackage;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.ScanReportJson;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.service.AffectedImage;
import dev.berth.registry.scan.service.ImageKey;
import dev.berth.registry.scan.service.ImageVerdict;
import dev.berth.registry.scan.service.PlatformDifference;
import dev.berth.registry.scan.service.PlatformVerdict;
import dev.berth.registry.scan.service.ScanStatus;
import dev.berth.registry.scan.service.TagVerdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The answers in JSON. */
final class ScanJson {
    private ScanJson() {}

    /** Writes the fields of an answer. */
    interface Content {
        void write(JsonWriter json) throws IOException;
    }

    static byte[] of(Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonWriter.write(bytes, json -> json.object(() -> content.write(json)));
        return bytes.toByteArray();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static void counts(JsonWriter json, Map<Severity, Integer> counts) throws IOException {
        json.object("findings", () -> {
            for (Map.Entry<Severity, Integer> count : counts.entrySet()) {
                json.number(word(count.getKey()), count.getValue());
            }
        });
    }

    static void image(JsonWriter json, RepositoryName repository, ImageVerdict image) throws IOException {
        json.text("repository", repository.value());
        json.text("digest", image.digest().toString());
        json.text("state", word(image.state()));
        counts(json, image.counts());
        json.list("platforms", () -> {
            for (PlatformVerdict platform : image.platforms()) {
                json.object(() -> platform(json, platform));
            }
        });
    }

    private static void platform(JsonWriter json, PlatformVerdict platform) throws IOException {
        json.text("platform", platform.platform().map(Platform::toString));
        json.text("digest", platform.image().toString());
        json.text("state", word(platform.verdict().state()));
        json.text(
                "since",
                Optional.of(platform.verdict().since())
                        .filter(Instant.EPOCH::isBefore)
                        .map(Instant::toString));
        json.text("reason", Optional.of(platform.verdict().reason()).filter(text -> !text.isEmpty()));
        Optional<JudgedReport> judged = platform.judged();
        if (judged.isPresent()) {
            json.list("accepted", () -> {
                for (AcceptedFinding accepted : judged.get().accepted()) {
                    json.object(() -> accepted(json, accepted));
                }
            });
        }
        Optional<ScanReport> report = platform.verdict().report();
        if (report.isPresent()) {
            json.document("report", ScanReportJson.write(report.get()));
        }
    }

    private static void accepted(JsonWriter json, AcceptedFinding accepted) throws IOException {
        Acceptance acceptance = accepted.acceptance();
        json.text("id", accepted.finding().id());
        json.text("package", accepted.finding().packageName());
        json.text("version", accepted.finding().version());
        json.text("status", word(acceptance.status()));
        json.text("reason", acceptance.reason());
        json.text("by", Optional.of(acceptance.by()).filter(text -> !text.isEmpty()));
        json.text("expires", acceptance.expires().map(Instant::toString));
    }

    static void tags(JsonWriter json, RepositoryName repository, List<TagVerdict> tags) throws IOException {
        json.text("repository", repository.value());
        json.list("tags", () -> {
            for (TagVerdict tag : tags) {
                json.object(() -> {
                    json.text("tag", tag.tag().value());
                    json.text("digest", tag.image().digest().toString());
                    json.text("state", word(tag.image().state()));
                    counts(json, tag.image().counts());
                });
            }
        });
    }

    static void affected(JsonWriter json, String id, List<AffectedImage> images) throws IOException {
        json.text("id", id);
        json.list("images", () -> {
            for (AffectedImage image : images) {
                json.object(() -> {
                    json.text("repository", image.image().repository().value());
                    json.text("digest", image.image().digest().toString());
                    json.texts("tags", image.tags().stream().map(Tag::value).toList());
                    findings(json, "findings", image.findings());
                });
            }
        });
    }

    private static void findings(JsonWriter json, String name, List<Finding> findings) throws IOException {
        json.list(name, () -> {
            for (Finding finding : findings) {
                json.object(() -> {
                    json.text("id", finding.id());
                    json.text("severity", word(finding.severity()));
                    json.text("package", finding.packageName());
                    json.text("version", finding.version());
                    json.text("fixedVersion", finding.fixedVersion());
                });
            }
        });
    }

    static void differences(JsonWriter json, RepositoryName repository, List<PlatformDifference> differences)
            throws IOException {
        json.text("repository", repository.value());
        json.list("platforms", () -> {
            for (PlatformDifference difference : differences) {
                json.object(() -> {
                    json.text("platform", difference.platform().map(Platform::toString));
                    json.text("from", difference.older().toString());
                    json.text("to", difference.newer().toString());
                    json.flag("packagesKnown", difference.packagesKnown());
                    difference(json, difference.difference());
                });
            }
        });
    }

    private static void difference(JsonWriter json, ImageDifference difference) throws IOException {
        json.number("sharedLayers", difference.sharedLayers().size());
        json.number("addedLayers", difference.addedLayers().size());
        json.number("removedLayers", difference.removedLayers().size());
        packages(json, "addedPackages", difference.addedPackages());
        packages(json, "removedPackages", difference.removedPackages());
        json.list("changedPackages", () -> {
            for (ChangedPackage changed : difference.changedPackages()) {
                json.object(() -> {
                    json.text("name", changed.after().found().name());
                    json.text("from", changed.before().found().version());
                    json.text("to", changed.after().found().version());
                    json.text("direction", word(changed.direction()));
                });
            }
        });
        findings(json, "newFindings", difference.newFindings());
        findings(json, "goneFindings", difference.goneFindings());
        json.number("sameFindings", difference.sameFindings().size());
    }

    private static void packages(JsonWriter json, String name, List<ImagePackage> packages) throws IOException {
        json.list(name, () -> {
            for (ImagePackage one : packages) {
                json.object(() -> {
                    json.text("name", one.found().name());
                    json.text("version", one.found().version());
                    json.text("packageUrl", one.packageUrl());
                });
            }
        });
    }

    static void status(JsonWriter json, ScanStatus status, List<ScanStatus.Running> running) throws IOException {
        json.object("waiting", () -> {
            for (var waiting : status.waiting().entrySet()) {
                json.number(word(waiting.getKey()), waiting.getValue());
            }
        });
        json.number("scanned", status.scanned());
        json.number("failed", status.failed());
        json.text("rescan", status.rescan().map(Instant::toString));
        json.text("problem", status.problem());
        json.list("running", () -> {
            for (ScanStatus.Running scan : running) {
                json.object(() -> {
                    json.text("repository", scan.image().repository().value());
                    json.text("digest", scan.image().digest().toString());
                    json.text("priority", word(scan.priority()));
                    json.text("since", scan.since().toString());
                });
            }
        });
    }

    static void started(JsonWriter json, RepositoryName repository, List<ImageKey> images) throws IOException {
        json.text("repository", repository.value());
        json.texts(
                "images",
                images.stream().map(image -> image.digest().toString()).toList());
    }
}
