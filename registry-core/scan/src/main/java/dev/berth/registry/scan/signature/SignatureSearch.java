package dev.berth.registry.scan.signature;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.SignatureTags;
import dev.berth.registry.scan.internal.content.ContentErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds what may be a signature of one manifest. For one thread and one search. */
final class SignatureSearch {
    /**
     * The artifact types that are looked into. Some programs list a bundle with the type of its empty configuration, where
     * the registry does not list referrers itself.
     */
    private static final Set<String> TYPES = Set.of(
            SignatureTypes.COSIGN_ARTIFACT, SignatureTypes.BUNDLE, SignatureTypes.NOTATION, MediaTypes.OCI_EMPTY);

    private final Repository repository;
    private final Digest subject;
    private final SignatureLimits limits;
    private final boolean attestations;
    private final List<FoundSignature> found = new ArrayList<>();
    private int most;
    private boolean complete = true;

    /**
     * Prepares a search.
     *
     * @param attestations whether attestations are wanted, too
     */
    SignatureSearch(Repository repository, Digest subject, SignatureLimits limits, boolean attestations) {
        this.repository = repository;
        this.subject = subject;
        this.limits = limits;
        this.attestations = attestations;
    }

    /** Looks at the tags of cosign and at the referrers. */
    void run() {
        tagged(".sig", SignatureForm.COSIGN_TAG);
        if (attestations) {
            tagged(".att", SignatureForm.ATTESTATION_TAG);
        }
        referrers();
    }

    List<FoundSignature> found() {
        return found;
    }

    /** Returns whether nothing was left out. */
    boolean isComplete() {
        return complete;
    }

    private void tagged(String suffix, SignatureForm form) {
        Optional<Tag> tag = tag(subject, suffix);
        if (tag.isEmpty()) {
            return;
        }
        beginPlace();
        Optional<Manifest> manifest = manifest(tag.get(), form, subject);
        manifest.ifPresent(m -> contents(m, form));
    }

    /** Each place has a limit of its own, so that what is in one cannot hide another. */
    private void beginPlace() {
        most = found.size() + limits.count();
    }

    /** Returns the tag of cosign; none for a digest that is too long for it. */
    static Optional<Tag> tag(Digest subject, String suffix) {
        return SignatureTags.of(subject).stream()
                .filter(tag -> tag.value().endsWith(suffix))
                .findFirst();
    }

    private void referrers() {
        beginPlace();
        int listed = 0;
        List<Descriptor> wanted = new ArrayList<>();
        for (Descriptor referrer : repository.manifests().referrers(subject).limit(limits.referrers() + 1L)) {
            listed++;
            if (listed > limits.referrers()) {
                complete = false;
            } else if (TYPES.contains(referrer.artifactType().orElse(""))) {
                wanted.add(referrer);
            }
        }
        for (Descriptor referrer : wanted) {
            if (found.size() >= most) {
                complete = false;
                return;
            }
            referrer(referrer);
        }
    }

    private void referrer(Descriptor referrer) {
        String listedType = referrer.artifactType().orElse("");
        manifest(referrer.digest(), form(listedType), referrer.digest()).ifPresent(manifest -> {
            ManifestDocument document = document(manifest, form(listedType)).orElse(null);
            if (document == null) {
                return;
            }
            String type = document.artifactType().orElse("");
            if (listedType.equals(MediaTypes.OCI_EMPTY) && !TYPES.contains(type)) {
                return; // another artifact
            }
            if (document.subject().filter(of -> of.digest().equals(subject)).isEmpty()) {
                found.add(FoundSignature.broken(form(type), manifest.digest(), "its subject is another manifest"));
            } else {
                contents(manifest, form(type));
            }
        });
    }

    private static SignatureForm form(String artifactType) {
        return switch (artifactType) {
            case SignatureTypes.COSIGN_ARTIFACT -> SignatureForm.COSIGN_REFERRER;
            case SignatureTypes.NOTATION -> SignatureForm.NOTATION;
            default -> SignatureForm.BUNDLE;
        };
    }

    private Optional<Manifest> manifest(ManifestSelector selector, SignatureForm form, Digest shown) {
        try {
            return Optional.of(repository.manifests().get(selector));
        } catch (RegistryException e) {
            boolean absent = e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.NAME_UNKNOWN;
            if (selector instanceof Tag && absent) {
                return Optional.empty();
            }
            if (!ContentErrors.isOfContent(e)) {
                throw e;
            }
            found.add(FoundSignature.broken(form, shown, "its manifest cannot be read: " + e.code()));
            return Optional.empty();
        }
    }

    private Optional<ManifestDocument> document(Manifest manifest, SignatureForm form) {
        try {
            return Optional.of(ManifestDocument.parse(manifest));
        } catch (RegistryException e) {
            found.add(FoundSignature.broken(form, manifest.digest(), "its manifest is malformed"));
            return Optional.empty();
        }
    }

    private void contents(Manifest manifest, SignatureForm form) {
        Optional<ManifestDocument> document = document(manifest, form);
        if (document.isEmpty()) {
            return;
        }
        if (!(document.get() instanceof ImageManifest image)) {
            found.add(FoundSignature.broken(form, manifest.digest(), "its manifest is not one of an artifact"));
            return;
        }
        if (form == SignatureForm.BUNDLE && !attestations && isMarkedAsAttestation(image)) {
            return;
        }
        int before = found.size();
        for (Descriptor layer : image.layers()) {
            if (!isOf(form, layer.mediaType())) {
                continue;
            }
            if (found.size() >= most) {
                complete = false;
                return;
            }
            found.add(FoundSignature.of(form, manifest.digest(), layer));
        }
        if (found.size() == before) {
            found.add(FoundSignature.broken(form, manifest.digest(), "its manifest has no signature"));
        }
    }

    /** The mark is not signed, but only the one who attests can have made it. */
    private static boolean isMarkedAsAttestation(ImageManifest manifest) {
        return !manifest.annotations()
                .getOrDefault(SignatureTypes.BUNDLE_PREDICATE, SignatureTypes.SIGN_PREDICATE)
                .equals(SignatureTypes.SIGN_PREDICATE);
    }

    private static boolean isOf(SignatureForm form, String mediaType) {
        return switch (form) {
            case COSIGN_TAG, COSIGN_REFERRER -> mediaType.equals(SignatureTypes.SIMPLE_SIGNING);
            case ATTESTATION_TAG -> mediaType.equals(SignatureTypes.DSSE);
            case BUNDLE -> mediaType.equals(SignatureTypes.BUNDLE);
            case NOTATION -> true; // what it is, the envelope's check says
        };
    }
}
