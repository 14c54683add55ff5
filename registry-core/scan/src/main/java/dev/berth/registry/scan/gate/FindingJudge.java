package dev.berth.registry.scan.gate;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Platform;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges images by what is known against them, and indexes by their images. Thread-safe. */
final class FindingJudge {
    private static final Logger LOG = LoggerFactory.getLogger(FindingJudge.class);

    private final GateOptions options;
    private final FirstAsked firstAsked;

    FindingJudge(GateOptions options) {
        this.options = options;
        this.firstAsked = new FirstAsked(options.capacity());
    }

    Outcome judge(GateRule rule, FindingLimit limit, Subject subject) {
        if (!ImageIndex.isImageIndex(subject.descriptor().mediaType())) {
            return image(rule, limit, subject.name(), subject.digest(), verdict(subject.name(), subject.digest()));
        }
        Optional<ImageIndex> index = read(subject);
        if (index.isEmpty()) {
            return answered(rule.answer(Verdict.State.UNSCANNABLE), Instant.EPOCH, "it is no index that can be read");
        }
        IndexImages found = new IndexImages(subject.repository(), rule);
        found.add(index.get());
        if (!found.isComplete()) {
            return Outcome.denied("it lists more images than are judged; split the index");
        }
        boolean any = false;
        for (Descriptor entry : found.images().values()) {
            Verdict verdict = verdict(subject.name(), entry.digest());
            // Of an image that is not here, nothing can be pulled, and nobody scans it.
            if (verdict.state() == Verdict.State.UNSCANNED
                    && subject.repository().manifests().find(entry.digest()).isEmpty()) {
                continue;
            }
            any = true;
            Outcome outcome = image(rule, limit, subject.name(), entry.digest(), verdict);
            if (!outcome.isAllowed()) {
                return outcome.prefixed("of its image "
                        + entry.platform()
                                .map(Platform::toString)
                                .map(text -> JsonObject.printable(text) + " ")
                                .orElse("")
                        + entry.digest() + ": ");
            }
        }
        return any
                ? Outcome.allowed()
                : answered(rule.answer(Verdict.State.UNSCANNABLE), Instant.EPOCH, "it lists no image that is here");
    }

    /** What is stored may have been taken in by another registry, so that it need not be what it is said to be. */
    private static Optional<ImageIndex> read(Subject subject) {
        try {
            return ManifestDocument.parse(subject.manifest()) instanceof ImageIndex index
                    ? Optional.of(index)
                    : Optional.empty();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_INVALID) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Verdict verdict(RepositoryName repository, Digest image) {
        return options.verdicts().of(repository, image);
    }

    /** The last report stands until it is replaced, whatever became of later scans. */
    private Outcome image(GateRule rule, FindingLimit limit, RepositoryName repository, Digest image, Verdict verdict) {
        if (verdict.report().isPresent()) {
            return reported(
                    rule, limit, repository, image, verdict, verdict.report().get());
        }
        Answer answer = rule.answer(verdict.state());
        return switch (verdict.state()) {
            case UNSCANNED, SCANNED -> unscanned(rule, repository, image, "it has not been scanned");
            case PENDING -> answered(answer, verdict.since(), "its scan is not done");
            case UNSCANNABLE -> answered(answer, verdict.since(), "it cannot be scanned" + why(verdict));
            case FAILED -> answered(answer, verdict.since(), "its scan has failed" + why(verdict));
        };
    }

    private static String why(Verdict verdict) {
        return verdict.reason().isEmpty() ? "" : ": " + JsonObject.printable(verdict.reason());
    }

    private Outcome unscanned(GateRule rule, RepositoryName repository, Digest image, String reason) {
        try {
            options.requests().scan(repository, image);
        } catch (RuntimeException e) {
            LOG.error("Could not ask for a scan of {}@{}", repository, image, e);
        }
        Answer answer = rule.answer(Verdict.State.UNSCANNED);
        return answered(answer, firstAsked.of(repository, image, options.clock().instant()), reason);
    }

    private Outcome answered(Answer answer, Instant since, String reason) {
        Instant end = since.plus(answer.held());
        if (options.clock().instant().isBefore(end)) {
            return Outcome.held(
                    reason + "; it is held until " + end + ", and " + (answer.isAllowed() ? "handed out" : "refused")
                            + " after that if nothing is known by then",
                    end);
        }
        return answer.isAllowed()
                ? Outcome.allowed()
                : Outcome.denied(reason + (answer.held().isZero() ? "" : ", and the time to wait for it is over"));
    }

    private Outcome reported(
            GateRule rule,
            FindingLimit limit,
            RepositoryName repository,
            Digest image,
            Verdict verdict,
            ScanReport report) {
        Instant now = options.clock().instant();
        List<Finding> bad = options.open().of(repository, report).stream()
                .filter(limit::counts)
                .filter(finding -> isKnown(limit, repository, report, finding, now))
                .toList();
        if (!bad.isEmpty()) {
            return Outcome.denied(sentence(limit, bad));
        }
        boolean old = limit.newerThan()
                .filter(age -> report.scannedAt().plus(age).isBefore(now))
                .isPresent();
        if (old) {
            String reason = "its last scan is of " + report.scannedAt();
            return verdict.state() == Verdict.State.PENDING
                    ? answered(
                            rule.answer(Verdict.State.PENDING), verdict.since(), reason + ", and the next is not done")
                    : unscanned(rule, repository, image, reason + ", too long ago");
        }
        return report.isComplete()
                ? Outcome.allowed()
                : answered(
                        rule.incomplete(),
                        report.scannedAt(),
                        "its scan is incomplete: "
                                + JsonObject.printable(report.gaps().get(0)));
    }

    private boolean isKnown(
            FindingLimit limit, RepositoryName repository, ScanReport report, Finding finding, Instant now) {
        return limit.knownFor().isZero()
                || options.knownSince()
                        .of(repository, report, finding)
                        .map(since -> !now.isBefore(since.plus(limit.knownFor())))
                        .orElse(true);
    }

    private static String sentence(FindingLimit limit, List<Finding> bad) {
        Finding worst = bad.stream().sorted().findFirst().orElseThrow();
        return "there " + (bad.size() == 1 ? "is a finding" : "are " + bad.size() + " findings")
                + limit.above().map(severity -> " above " + severity).orElse("")
                + (bad.size() == 1 ? ", " : ", the worst ")
                + JsonObject.printable(worst.id()) + " (" + worst.severity() + ") in "
                + JsonObject.printable(worst.packageName()) + " " + JsonObject.printable(worst.version())
                + worst.fixedVersion()
                        .map(fixed -> ", fixed in " + JsonObject.printable(fixed))
                        .orElse(", without a fix");
    }
}
