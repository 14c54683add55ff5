package dev.berth.registry.scan.service;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.UnscannableException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks what an image is, and has it scanned. Never throws. */
final class ImageScan {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);

    private final Registry registry;
    private final Scanner scanner;
    private final ScannedHook hook;
    private final KeptPackages kept;

    ImageScan(Registry registry, Scanner scanner, ScannedHook hook, KeptPackages kept) {
        this.registry = registry;
        this.scanner = scanner;
        this.hook = hook;
        this.kept = kept;
    }

    Outcome scan(ImageKey image) {
        try {
            Repository repository = registry.repository(image.repository());
            Optional<Manifest> manifest = find(repository, image.digest());
            return manifest.isPresent() ? scan(repository, manifest.get()) : new Outcome.Gone();
        } catch (UnscannableException e) {
            return new Outcome.Unscannable(String.valueOf(e.getMessage()));
        } catch (RegistryException e) {
            return e.code() == ErrorCode.MANIFEST_INVALID
                    ? new Outcome.Unscannable(sentence(e))
                    : new Outcome.Failed(sentence(e), e.retryAfter());
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            LOG.error("The scanner {} failed at {}", scanner.name(), image, e);
            // What strangers have written may be in the message.
            return new Outcome.Failed(
                    "The scanner failed unexpectedly (" + e.getClass().getSimpleName() + "); the log says more",
                    Optional.empty());
        }
    }

    private static Optional<Manifest> find(Repository repository, Digest digest) {
        try {
            return Optional.of(repository.manifests().get(digest));
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.NAME_UNKNOWN) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Outcome scan(Repository repository, Manifest manifest) throws UnscannableException {
        ManifestDocument document = ManifestDocument.parse(manifest);
        if (document instanceof ImageIndex index) {
            return new Outcome.Expanded(images(index));
        }
        Optional<String> reason = whyNot(document);
        if (reason.isPresent()) {
            return new Outcome.Unscannable(reason.get());
        }
        ScanReport report = scanner.scan(repository, manifest);
        if (!report.image().equals(manifest.digest())) {
            return new Outcome.Failed("The scanner has made a report about another image", Optional.empty());
        }
        callHook(repository, manifest);
        return new Outcome.Reported(
                report, kept.of(((ImageManifest) document).layers()).map(PackageNames::of));
    }

    private void callHook(Repository repository, Manifest manifest) {
        try {
            hook.scanned(repository, manifest);
        } catch (RuntimeException e) {
            LOG.warn("What follows the scan of {} in {} failed", manifest.digest(), repository.name(), e);
        }
    }

    private static String sentence(RegistryException e) {
        return e.errors().get(0).message();
    }

    /** Returns the images that an index lists, for platforms; what is said about them is none. */
    static List<Digest> images(ImageIndex index) {
        return index.manifests().stream()
                .filter(child -> child.platform().map(Platform::isKnown).orElse(true))
                .filter(child -> isImageOrIndex(child.mediaType()))
                .map(Descriptor::digest)
                .distinct()
                .toList();
    }

    /** Returns whether what has this media type may be an image, or have some. */
    static boolean isImageOrIndex(String mediaType) {
        return ImageIndex.isImageIndex(mediaType)
                || mediaType.equals(MediaTypes.OCI_MANIFEST)
                || mediaType.equals(MediaTypes.DOCKER_MANIFEST);
    }

    private static Optional<String> whyNot(ManifestDocument document) {
        if (!(document instanceof ImageManifest image)) {
            return Optional.of("It is no image, but of the type " + document.mediaType());
        }
        if (!image.isContainerImage()) {
            return Optional.of("It is an artifact of the type "
                    + image.artifactType().orElse("unknown") + ", not an image that containers are run from");
        }
        if (isAttestation(image)) {
            return Optional.of("It is what the builder of an image says about it, not an image");
        }
        return Optional.empty();
    }

    /** BuildKit gives its attestations the configuration of an image. */
    private static boolean isAttestation(ImageManifest image) {
        return !image.layers().isEmpty()
                && image.layers().stream().allMatch(layer -> layer.mediaType().equals("application/vnd.in-toto+json"));
    }
}
