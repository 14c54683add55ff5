package dev.berth.registry.scan.service;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.accepted.AcceptedFinding;
import dev.berth.registry.scan.found.FoundPackage;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.report.Verdicts;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Answers questions about what is known of images. Whoever asks gives the registry as he may see it: what it does not show is
 * not in an answer. Thread-safe.
 *
 * @since 0.1
 */
public final class ScanReports {
    private static final int MOST_LOOKED_AT = 1_000;

    private static final Comparator<ImageKey> ORDER = Comparator.comparing(ImageKey::repository)
            .thenComparing(image -> image.digest().toString());

    /** How many lookups a question may make for the tags of what it finds. */
    private static final int MOST_LOOKUPS = 5_000;

    private final ScanStore store;
    private final FoundIndex index;
    private final FoundIndex packages;
    private final Verdicts verdicts;
    private final KeptPackages kept;
    private final Differences differences;
    private final Supplier<Acceptances> accepted;
    private final InstantSource clock;

    ScanReports(
            ScanStore store,
            FoundIndex index,
            FoundIndex packages,
            Verdicts verdicts,
            KeptPackages kept,
            Supplier<Acceptances> accepted,
            InstantSource clock) {
        this.store = store;
        this.index = index;
        this.packages = packages;
        this.verdicts = verdicts;
        this.kept = kept;
        this.differences = new Differences(kept);
        this.accepted = accepted;
        this.clock = clock;
    }

    /**
     * Returns what is known of an image, for each of its platforms. What an index lists that is no image for a platform, such
     * as attestations, is left out.
     *
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the repository does not have it, otherwise if the
     *     registry or the store fails
     */
    public ImageVerdict image(Repository repository, ManifestSelector selector) {
        Manifest manifest = repository.manifests().get(selector);
        List<PlatformVerdict> platforms = new ArrayList<>();
        if (ImageIndex.isImageIndex(manifest.mediaType())
                && ManifestDocument.parse(manifest) instanceof ImageIndex list) {
            addImages(repository, list, Set.of(manifest.digest()), platforms);
        } else {
            platforms.add(verdict(repository.name(), manifest.digest(), Optional.empty(), Set.of()));
        }
        return new ImageVerdict(manifest.digest(), platforms);
    }

    /** An index in an index is opened, one in that is not: nobody makes them. */
    private void addImages(
            Repository repository, ImageIndex list, Set<Digest> indexes, List<PlatformVerdict> platforms) {
        List<Digest> images = ImageScan.images(list);
        for (Descriptor child : list.manifests()) {
            if (!images.contains(child.digest())) {
                continue;
            }
            if (!ImageIndex.isImageIndex(child.mediaType())) {
                platforms.add(verdict(repository.name(), child.digest(), child.platform(), indexes));
            } else if (indexes.size() == 1
                    && find(repository, child.digest()).orElse(null) instanceof ImageIndex inner) {
                Set<Digest> both = new HashSet<>(indexes);
                both.add(child.digest());
                addImages(repository, inner, both, platforms);
            }
        }
    }

    private static Optional<ManifestDocument> find(Repository repository, Digest digest) {
        return repository
                .manifests()
                .find(digest)
                .map(found -> ManifestDocument.parse(repository.manifests().get(digest)));
    }

    private PlatformVerdict verdict(
            RepositoryName repository, Digest image, Optional<Platform> platform, Set<Digest> indexes) {
        Verdict verdict = verdicts.of(repository, image);
        return new PlatformVerdict(
                platform,
                image,
                verdict,
                verdict.report().map(report -> accepted.get().judge(report, repository, indexes, clock.instant())));
    }

    /**
     * Returns what is known of the images that tags of a repository name, in the order of the tags.
     *
     * @param after the tag after which the answer begins; empty for the first one
     * @param limit how many tags at most
     * @throws RegistryException with {@link ErrorCode#NAME_UNKNOWN} if there is no such repository, otherwise if the registry
     *     or the store fails
     */
    public List<TagVerdict> repository(Repository repository, Optional<Tag> after, int limit) {
        List<TagVerdict> tags = new ArrayList<>();
        var listing = repository.tags().list();
        for (Tag tag : after.map(listing::after).orElse(listing).limit(limit)) {
            try {
                tags.add(new TagVerdict(tag, image(repository, tag)));
            } catch (RegistryException e) {
                if (e.code() != ErrorCode.MANIFEST_UNKNOWN && e.code() != ErrorCode.MANIFEST_INVALID) {
                    throw e;
                }
                // It was deleted meanwhile, or is nothing that could be scanned.
            }
        }
        return tags;
    }

    /**
     * Returns which images have a finding of a name that counts: its id or an alias, such as that of a CVE, in capital or small letters.
     * What other processes have found is known after ten seconds.
     *
     * @param view the registry as it may be seen
     * @param limit how many images at most
     * @return the images in the order of their names
     * @throws RegistryException if the registry or the store fails
     */
    public List<AffectedImage> imagesWith(String name, Registry view, int limit) {
        String wanted = FoundNames.normalize(name);
        Map<RepositoryName, Map<Digest, List<Finding>>> affected = new LinkedHashMap<>();
        Map<RepositoryName, Boolean> visible = new HashMap<>();
        int count = 0;
        for (ImageKey image : index.imagesWith(wanted)) {
            if (count == limit) {
                break;
            }
            if (!visible.computeIfAbsent(image.repository(), repository -> maySee(view, repository))
                    || !has(view.repository(image.repository()), image.digest())) {
                continue;
            }
            List<Finding> findings = named(wanted, verdict(image).open());
            if (!findings.isEmpty()) {
                affected.computeIfAbsent(image.repository(), key -> new LinkedHashMap<>())
                        .put(image.digest(), findings);
                count++;
            }
        }
        List<AffectedImage> images = new ArrayList<>();
        Lookups lookups = new Lookups();
        affected.forEach((repository, found) -> {
            Map<Digest, List<Tag>> tags = tags(view.repository(repository), found, lookups);
            found.forEach((digest, findings) -> images.add(new AffectedImage(
                    new ImageKey(repository, digest), tags.getOrDefault(digest, List.of()), findings, List.of())));
        });
        return images;
    }

    /**
     * Returns some images that have a finding of a name, whether it counts or is accepted, without their tags: it costs what the
     * answer has.
     *
     * @param visible the repositories that may be seen
     * @param after the last image of the answer before; empty for the first ones
     * @param limit how many images at most
     * @throws RegistryException if the store fails
     */
    public List<AffectedImage> imagesWith(
            String name, Predicate<RepositoryName> visible, Optional<ImageKey> after, int limit) {
        String wanted = FoundNames.normalize(name);
        List<AffectedImage> affected = new ArrayList<>();
        for (ImageKey image : visible(index.imagesWith(wanted), visible, after)) {
            if (affected.size() == limit) {
                break;
            }
            PlatformVerdict verdict = verdict(image);
            List<Finding> findings = named(wanted, verdict.open());
            List<AcceptedFinding> accepted = verdict.accepted().stream()
                    .filter(one -> isNamed(wanted, one.finding()))
                    .toList();
            if (!findings.isEmpty() || !accepted.isEmpty()) {
                affected.add(new AffectedImage(image, List.of(), findings, accepted));
            }
        }
        return affected;
    }

    private static List<ImageKey> visible(
            List<ImageKey> images, Predicate<RepositoryName> visible, Optional<ImageKey> after) {
        Map<RepositoryName, Boolean> known = new HashMap<>();
        return images.stream()
                .filter(image ->
                        after.map(last -> ORDER.compare(image, last) > 0).orElse(true))
                .filter(image -> known.computeIfAbsent(image.repository(), visible::test))
                .toList();
    }

    /**
     * Returns some images that have a package, in the order of their names. It is known of images whose layers were read here,
     * from their next scan on.
     *
     * @param visible the repositories that may be seen
     * @param after the last image of the answer before; empty for the first ones
     * @param limit how many images at most. Where a version or a type is asked for, up to 1,000 images are looked at
     * @throws RegistryException if the store fails
     */
    public List<PackageUse> imagesWith(
            PackageQuestion question, Predicate<RepositoryName> visible, Optional<ImageKey> after, int limit) {
        List<PackageUse> uses = new ArrayList<>();
        int looked = 0;
        for (ImageKey image : visible(packages.imagesWith(PackageNames.normalize(question.name())), visible, after)) {
            if (uses.size() == limit || looked++ == MOST_LOOKED_AT) {
                break;
            }
            List<FoundPackage> fitting = store.packages().read(image).stream()
                    .flatMap(list -> list.names().stream())
                    .flatMap(line -> PackageNames.parse(line).stream())
                    .filter(question::fits)
                    .toList();
            if (!fitting.isEmpty()) {
                uses.add(new PackageUse(image, fitting));
            }
        }
        return uses;
    }

    /**
     * Returns names of packages that have a text in them, in small letters, the shortest first.
     *
     * @param visible the repositories that may be seen: what is only in others is left out
     * @throws RegistryException if the store fails
     */
    public List<String> packagesLike(String part, Predicate<RepositoryName> visible, int limit) {
        Map<RepositoryName, Boolean> known = new HashMap<>();
        return packages.keysLike(
                PackageNames.normalize(part), image -> known.computeIfAbsent(image.repository(), visible::test), limit);
    }

    /**
     * Returns what is in an image, by the inventories that are kept of its layers: no layer is read.
     *
     * @return empty if one of them is not kept
     * @throws RegistryException if the store fails
     */
    public Optional<ImageInventory> packages(ImageManifest image) {
        return kept.of(image.layers());
    }

    private static final class Lookups {
        private int made;

        boolean more() {
            return made++ < MOST_LOOKUPS;
        }
    }

    private PlatformVerdict verdict(ImageKey image) {
        return verdict(image.repository(), image.digest(), Optional.empty(), Set.of());
    }

    private static List<Finding> named(String wanted, List<Finding> findings) {
        return findings.stream().filter(finding -> isNamed(wanted, finding)).toList();
    }

    private static boolean isNamed(String wanted, Finding finding) {
        return FoundNames.normalize(finding.id()).equals(wanted)
                || finding.aliases().stream()
                        .anyMatch(alias -> FoundNames.normalize(alias).equals(wanted));
    }

    private static boolean maySee(Registry view, RepositoryName repository) {
        try {
            List<Tag> unused =
                    view.repository(repository).tags().list().limit(1).toList();
            return true;
        } catch (RegistryException e) {
            if (isHidden(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean has(Repository repository, Digest digest) {
        try {
            return repository.manifests().find(digest).isPresent();
        } catch (RegistryException e) {
            if (isHidden(e)) {
                return false;
            }
            throw e;
        }
    }

    private static boolean isHidden(RegistryException e) {
        return switch (e.code()) {
            case DENIED, UNAUTHORIZED, NAME_UNKNOWN, MANIFEST_UNKNOWN -> true;
            default -> false;
        };
    }

    private Map<Digest, List<Tag>> tags(Repository repository, Map<Digest, List<Finding>> wanted, Lookups lookups) {
        Map<Digest, List<Tag>> found = new HashMap<>();
        try {
            for (Tag tag : repository.tags().list()) {
                if (!lookups.more()) {
                    break;
                }
                repository
                        .tags()
                        .resolve(tag)
                        .ifPresent(descriptor -> images(repository.name(), descriptor).stream()
                                .filter(wanted::containsKey)
                                .forEach(image -> found.computeIfAbsent(image, key -> new ArrayList<>())
                                        .add(tag)));
            }
        } catch (RegistryException e) {
            if (!isHidden(e)) {
                throw e;
            }
        }
        return found;
    }

    /** The images of an index are in its record. */
    private List<Digest> images(RepositoryName repository, Descriptor tagged) {
        if (!ImageIndex.isImageIndex(tagged.mediaType())) {
            return List.of(tagged.digest());
        }
        return store.find(new ImageKey(repository, tagged.digest()))
                .record()
                .map(ImageRecord::children)
                .orElse(List.of());
    }

    /**
     * Returns what differs between two images, for each platform that both have: layers, packages and findings. No layer is
     * read for it: packages are compared where the inventories of all layers are kept.
     *
     * @throws RegistryException as {@link #image}
     */
    public List<PlatformDifference> difference(Repository repository, ManifestSelector older, ManifestSelector newer) {
        return differences.between(repository, image(repository, older), image(repository, newer));
    }
}
