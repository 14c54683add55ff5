package dev.berth.registry.scan.accepted;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.scan.report.Finding;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry of an allow-list: what somebody says of something that is known against images. Immutable.
 *
 * @param ids the names of what is known: of CVEs or advisories. One that is among the names of a finding is enough; case does
 *     not matter
 * @param packages the packages that it is about; all if it is empty
 * @param repositories the repositories that it is about; all if it is empty
 * @param image the image that it is about, or the index that has it; all if it is empty
 * @param status what is said
 * @param reason why: a sentence for people
 * @param by who says it; empty if it is not known
 * @param since when it was said; empty if it is not known. Of contradicting claims, the newest counts
 * @param expires from when on it has no effect; empty if it stands for ever
 * @since 0.1
 */
public record Acceptance(
        List<String> ids,
        Optional<PackagePattern> packages,
        Optional<NamePattern> repositories,
        Optional<Digest> image,
        Status status,
        String reason,
        String by,
        Optional<Instant> since,
        Optional<Instant> expires) {

    /** Checks that the parts are there, and that there is an id. */
    public Acceptance {
        ids = List.copyOf(ids);
        Objects.requireNonNull(packages, "packages");
        Objects.requireNonNull(repositories, "repositories");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(by, "by");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(expires, "expires");
        if (ids.isEmpty() || ids.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("What is accepted needs the id of a CVE or an advisory");
        }
    }

    /** Returns one for all images and packages that stands for ever: the {@code with…} methods narrow it. */
    public static Acceptance of(String id, Status status, String reason) {
        return new Acceptance(
                List.of(id),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                status,
                reason,
                "",
                Optional.empty(),
                Optional.empty());
    }

    /** Returns this one for some packages only. */
    public Acceptance withPackages(PackagePattern newPackages) {
        return new Acceptance(ids, Optional.of(newPackages), repositories, image, status, reason, by, since, expires);
    }

    /** Returns this one for some repositories only. */
    public Acceptance withRepositories(NamePattern newRepositories) {
        return new Acceptance(ids, packages, Optional.of(newRepositories), image, status, reason, by, since, expires);
    }

    /** Returns this one for one image, or for the images of one index. */
    public Acceptance withImage(Digest newImage) {
        return new Acceptance(ids, packages, repositories, Optional.of(newImage), status, reason, by, since, expires);
    }

    /** Returns this one, said by somebody. */
    public Acceptance withAuthor(String newAuthor) {
        return new Acceptance(ids, packages, repositories, image, status, reason, newAuthor, since, expires);
    }

    /** Returns this one, said at a time. */
    public Acceptance withSince(Instant newSince) {
        return new Acceptance(ids, packages, repositories, image, status, reason, by, Optional.of(newSince), expires);
    }

    /** Returns this one, with no effect from a time on. */
    public Acceptance withExpiry(Instant newExpiry) {
        return new Acceptance(ids, packages, repositories, image, status, reason, by, since, Optional.of(newExpiry));
    }

    /** Returns whether it has no effect any more. */
    public boolean isExpired(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    /**
     * Returns whether it is about a finding.
     *
     * @param repository the repository of the image
     * @param images the digest of the image, and those of the indexes that list it
     */
    public boolean concerns(Finding finding, RepositoryName repository, Collection<Digest> images) {
        return ids.stream().anyMatch(id -> isNameOf(id, finding))
                && image.map(images::contains).orElse(true)
                && repositories.map(pattern -> pattern.matches(repository)).orElse(true)
                && packages.map(pattern -> pattern.matches(finding)).orElse(true);
    }

    private static boolean isNameOf(String id, Finding finding) {
        return id.equalsIgnoreCase(finding.id()) || finding.aliases().stream().anyMatch(id::equalsIgnoreCase);
    }
}
