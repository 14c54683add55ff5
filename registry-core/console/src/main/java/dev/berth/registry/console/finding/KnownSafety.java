package dev.berth.registry.console.finding;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.catalog.FindingCounts;
import dev.berth.registry.console.catalog.ImageSafety;
import dev.berth.registry.console.catalog.SafetySource;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.report.Severity;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.service.ImageVerdict;
import dev.berth.registry.scan.service.PlatformVerdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the lists what is known. Thread-safe. */
record KnownSafety(KnownImages known) implements SafetySource {

    @Override
    public Optional<ImageSafety> of(RepositoryName name, Digest image) {
        Repository repository = known.registry().repository(name);
        try {
            Optional<Descriptor> found = repository.manifests().find(image);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            ImageVerdict verdict = known.reports().image(repository, image);
            return Optional.of(new ImageSafety(
                    scan(verdict.state()),
                    counts(verdict),
                    signed(repository, found.get()),
                    verdict.platforms().stream()
                            .map(PlatformVerdict::image)
                            .filter(part -> !part.equals(image))
                            .toList()));
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.NAME_UNKNOWN) {
                return Optional.empty();
            }
            if (e.code() == ErrorCode.MANIFEST_INVALID) {
                return Optional.of(new ImageSafety(
                        ImageSafety.Scan.UNSCANNABLE, Optional.empty(), ImageSafety.Signed.UNSIGNED, List.of()));
            }
            throw e;
        }
    }

    private ImageSafety.Signed signed(Repository repository, Descriptor manifest) {
        return switch (known.signatures(repository, manifest).signing()) {
            case UNSIGNED -> ImageSafety.Signed.UNSIGNED;
            case NOT_TRUSTED -> ImageSafety.Signed.NOT_TRUSTED;
            case TRUSTED -> ImageSafety.Signed.TRUSTED;
        };
    }

    private static ImageSafety.Scan scan(Verdict.State state) {
        return switch (state) {
            case UNSCANNED -> ImageSafety.Scan.UNSCANNED;
            case PENDING -> ImageSafety.Scan.PENDING;
            case SCANNED -> ImageSafety.Scan.SCANNED;
            case FAILED -> ImageSafety.Scan.FAILED;
            case UNSCANNABLE -> ImageSafety.Scan.UNSCANNABLE;
        };
    }

    private static Optional<FindingCounts> counts(ImageVerdict verdict) {
        if (verdict.platforms().stream().allMatch(image -> image.judged().isEmpty())) {
            return Optional.empty();
        }
        Map<Severity, Integer> counts = verdict.counts();
        return Optional.of(new FindingCounts(
                counts.getOrDefault(Severity.CRITICAL, 0),
                counts.getOrDefault(Severity.HIGH, 0),
                counts.getOrDefault(Severity.MEDIUM, 0),
                counts.getOrDefault(Severity.LOW, 0),
                counts.getOrDefault(Severity.NEGLIGIBLE, 0) + counts.getOrDefault(Severity.UNKNOWN, 0)));
    }
}
