package dev.berth.registry.scan.sbom;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.SignatureTags;
import dev.berth.registry.scan.internal.content.ContentErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds manifests beside an image that have SBOMs as blobs. For one search. */
final class SbomSearch {
    private final Repository repository;
    private final Digest image;
    private final SbomLimits limits;

    /**
     * A blob that may be an SBOM.
     *
     * @param place where it is
     * @param manifest the manifest that has it
     * @param blob the blob
     * @param statement whether it is a statement of in-toto
     * @param madeHere whether it says that this project has made it
     */
    record Candidate(
            AttachedSbom.Place place, Descriptor manifest, Descriptor blob, boolean statement, boolean madeHere) {}

    SbomSearch(Repository repository, Digest image, SbomLimits limits) {
        this.repository = repository;
        this.image = image;
        this.limits = limits;
    }

    /** Returns what the referrers have. */
    List<Candidate> referrers() {
        List<Candidate> found = new ArrayList<>();
        for (Descriptor referrer : repository.manifests().referrers(image).limit(limits.referrers())) {
            String type = referrer.artifactType().orElse("");
            boolean wanted = SbomTypes.DOCUMENTS.contains(type) || SbomTypes.STATEMENTS.contains(type);
            if (wanted && found.size() < limits.documents()) {
                image(referrer.digest())
                        .filter(manifest -> manifest.subject()
                                .filter(of -> of.digest().equals(image))
                                .isPresent())
                        .ifPresent(manifest -> add(AttachedSbom.Place.REFERRER, manifest, type, found));
            }
        }
        return found;
    }

    /** Returns what is at the tag where old versions of cosign put an SBOM. */
    List<Candidate> tag() {
        List<Candidate> found = new ArrayList<>();
        SignatureTags.of(image).stream()
                .filter(tag -> tag.value().endsWith(".sbom"))
                .findFirst()
                .flatMap(this::image)
                .ifPresent(manifest -> add(AttachedSbom.Place.TAG, manifest, "", found));
        return found;
    }

    /** Returns what the entries of an index have that are about the image. */
    List<Candidate> index(Manifest index) {
        List<Candidate> found = new ArrayList<>();
        if (ManifestDocument.parse(index) instanceof ImageIndex document) {
            for (Descriptor entry : document.manifests()) {
                boolean wanted = SbomTypes.ATTESTATION_MANIFEST.equals(
                                entry.annotations().get(SbomTypes.REFERENCE_TYPE))
                        && image.toString().equals(entry.annotations().get(SbomTypes.REFERENCE_DIGEST));
                if (wanted && found.size() < limits.documents()) {
                    image(entry.digest())
                            .ifPresent(manifest -> add(AttachedSbom.Place.INDEX, manifest, SbomTypes.IN_TOTO, found));
                }
            }
        }
        return found;
    }

    private void add(AttachedSbom.Place place, ImageManifest manifest, String artifactType, List<Candidate> found) {
        for (Descriptor layer : manifest.layers()) {
            boolean statement = layer.mediaType().equals(SbomTypes.IN_TOTO);
            // Some programs give a file the type of a layer, whatever it is.
            boolean document =
                    SbomTypes.DOCUMENTS.contains(layer.mediaType()) || SbomTypes.DOCUMENTS.contains(artifactType);
            boolean of = statement
                    ? SbomTypes.isPredicate(layer.annotations()
                            .getOrDefault(SbomTypes.PREDICATE_ANNOTATION, "https://spdx.dev/Document"))
                    : document;
            if (of && found.size() < limits.documents()) {
                found.add(new Candidate(
                        place,
                        manifest.toManifest().descriptor(),
                        layer,
                        statement,
                        manifest.annotations().containsKey(SbomTypes.MADE_HERE)));
            }
        }
    }

    /** Returns the manifest of an artifact; empty for everything else, and if it cannot be read. */
    private Optional<ImageManifest> image(ManifestSelector selector) {
        try {
            Manifest manifest = repository.manifests().get(selector);
            return ManifestDocument.parse(manifest) instanceof ImageManifest document
                    ? Optional.of(document)
                    : Optional.empty();
        } catch (RegistryException e) {
            if (ContentErrors.isOfContent(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<ImageManifest> image(Tag tag) {
        return image((ManifestSelector) tag);
    }
}
