package dev.berth.registry.scan.sbom;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.scan.internal.json.MalformedDocumentException;
import dev.berth.registry.scan.inventory.ImageInventory;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.signature.SignatureLimits;
import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.Signatures;
import dev.berth.registry.scan.signature.UncheckedAttestations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the SBOMs that others have attached to images. Immutable and thread-safe.
 *
 * <pre>{@code
 * InventorySource source = AttachedSboms.create().before(InventorySource.layers(limits, kept));
 * }</pre>
 *
 * <p>They are CycloneDX (1.2 and later) or SPDX (2.2, 2.3 and 3.0) in JSON, and are looked for among the referrers of the image, at
 * cosign's tag {@code .sbom}, in attestations, and in the index that lists the image, where BuildKit puts them. Those that this
 * project has attached are not read: the layers say the same, or more.
 *
 * <p>Whoever may push may attach an SBOM that leaves things out. With a {@link #signedBy verifier}, only those are believed that are
 * signed by a key or a certificate that it trusts: the attestation, or the manifest that has the SBOM, or the index that lists it.
 * Without one, all are.
 *
 * <p>They are read as streams, within {@link SbomLimits}. Links in them are not followed.
 *
 * @since 0.1
 */
public final class AttachedSboms {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedSboms.class);

    private final SbomLimits limits;
    private final @Nullable SignatureVerifier verifier;

    private AttachedSboms(SbomLimits limits, @Nullable SignatureVerifier verifier) {
        this.limits = limits;
        this.verifier = verifier;
    }

    /** Returns a reader with the default limits, which believes every SBOM. */
    public static AttachedSboms create() {
        return new AttachedSboms(SbomLimits.DEFAULT, null);
    }

    /** Returns this reader with other limits. */
    public AttachedSboms limits(SbomLimits newLimits) {
        return new AttachedSboms(Objects.requireNonNull(newLimits, "limits"), verifier);
    }

    /** Returns this reader, which believes only what is signed. */
    public AttachedSboms signedBy(SignatureVerifier newVerifier) {
        return new AttachedSboms(limits, Objects.requireNonNull(newVerifier, "verifier"));
    }

    /**
     * Reads all SBOMs of an image, in the order in which they would be used. Each is read when the stream comes to it.
     *
     * @param image the manifest of the image
     * @param index the index that lists it, if that is known
     * @return what was found, also what is refused, with the reasons
     * @throws RegistryException if the registry cannot tell, also from the stream. Never for what is in an SBOM
     */
    public Stream<AttachedSbom> read(Repository repository, Manifest image, Optional<Manifest> index) {
        return places(repository, image, index);
    }

    /**
     * Lists the SBOMs of an image, those of this project included, but for those in attestations of cosign. Who signed them is
     * not asked.
     *
     * @param image the digest of the image
     * @param index the index that lists it, if that is known
     * @param largest how many bytes a document may have to be looked into
     * @throws RegistryException if the registry cannot tell. Never for what is in an SBOM
     */
    public List<SbomEntry> list(Repository repository, Digest image, Optional<Manifest> index, int largest) {
        SbomSearch search = new SbomSearch(repository, image, limits);
        SbomBlob reader = new SbomBlob(repository, limits);
        return Stream.of(search.referrers(), index.map(search::index).orElse(List.of()), search.tag())
                .flatMap(List::stream)
                .map(candidate -> entry(reader, candidate, image, largest))
                .toList();
    }

    private static SbomEntry entry(SbomBlob reader, SbomSearch.Candidate candidate, Digest image, int largest) {
        OptionalInt packages = OptionalInt.empty();
        String problem = "";
        if (candidate.blob().size() <= largest) {
            try {
                Optional<Digest> about = candidate.statement() ? Optional.of(image) : Optional.empty();
                packages = OptionalInt.of(
                        reader.read(candidate.blob(), about).packages().size());
            } catch (MalformedDocumentException e) {
                problem = String.valueOf(e.getMessage());
            }
        }
        return new SbomEntry(
                candidate.place(), candidate.manifest(), candidate.blob(), candidate.madeHere(), packages, problem);
    }

    /**
     * Returns a source that takes the first SBOM that can be read and is believed, and asks another source if there is none.
     *
     * @param otherwise the source for images without one, most often their layers
     */
    public InventorySource before(InventorySource otherwise) {
        return new First(this, Objects.requireNonNull(otherwise, "otherwise"), Optional.empty());
    }

    /** The SBOM first, then another source. */
    private record First(AttachedSboms sboms, InventorySource otherwise, Optional<Manifest> index)
            implements InventorySource {

        @Override
        public ImageInventory read(Repository repository, Manifest image) {
            return sboms.places(repository, image, index)
                    .peek(found -> log(repository, image, found))
                    .flatMap(found -> found.inventory().stream())
                    .findFirst()
                    .orElseGet(() -> otherwise.read(repository, image));
        }

        @Override
        public InventorySource within(Manifest newIndex) {
            return new First(sboms, otherwise.within(newIndex), Optional.of(newIndex));
        }

        private static void log(Repository repository, Manifest image, AttachedSbom found) {
            if (found.inventory().isEmpty()) {
                LOG.info(
                        "The SBOM {} of {} in {} is not used: {}",
                        found.manifest(),
                        image.digest(),
                        repository.name(),
                        found.problem());
            }
        }
    }

    /** The places are looked at one after the other, only as far as they are needed. */
    private Stream<AttachedSbom> places(Repository repository, Manifest image, Optional<Manifest> index) {
        SbomSearch search = new SbomSearch(repository, image.digest(), limits);
        return Stream.<Supplier<Stream<AttachedSbom>>>of(
                        () -> blobs(
                                repository,
                                image.digest(),
                                // What this project has attached is not of others.
                                search.referrers().stream()
                                        .filter(candidate -> !candidate.madeHere())
                                        .toList(),
                                Optional.empty()),
                        () -> attestations(repository, image.descriptor()),
                        () -> index.stream()
                                .flatMap(of -> blobs(
                                        repository, image.digest(), search.index(of), Optional.of(of.descriptor()))),
                        () -> blobs(repository, image.digest(), search.tag(), Optional.empty()))
                .flatMap(Supplier::get);
    }

    private Stream<AttachedSbom> blobs(
            Repository repository, Digest image, List<SbomSearch.Candidate> candidates, Optional<Descriptor> index) {
        return candidates.stream().map(candidate -> blob(repository, image, candidate, index));
    }

    private AttachedSbom blob(
            Repository repository, Digest image, SbomSearch.Candidate candidate, Optional<Descriptor> index) {
        Digest manifest = candidate.manifest().digest();
        Optional<String> signer = Optional.empty();
        if (verifier != null) {
            Signatures signatures = verifier.verify(repository, candidate.manifest());
            if (!signatures.isSigned() && index.isPresent()) {
                signatures = verifier.verify(repository, index.get()); // which names the manifest by its digest
            }
            if (!signatures.isSigned()) {
                return AttachedSbom.refused(candidate.place(), manifest, signatures.explanation());
            }
            signer = signatures.accepted().get(0).signer();
        }
        try {
            Optional<Digest> about = candidate.statement() ? Optional.of(image) : Optional.empty();
            ImageInventory inventory = new SbomBlob(repository, limits).read(candidate.blob(), about);
            return AttachedSbom.read(candidate.place(), manifest, signer, inventory);
        } catch (MalformedDocumentException e) {
            return AttachedSbom.refused(candidate.place(), manifest, String.valueOf(e.getMessage()));
        }
    }

    private Stream<AttachedSbom> attestations(Repository repository, Descriptor image) {
        if (verifier == null) {
            return UncheckedAttestations.find(repository, image, SignatureLimits.DEFAULT)
                    .filter(found -> SbomTypes.isPredicate(found.predicateType()))
                    .limit(limits.documents())
                    .map(found -> statement(image.digest(), found.manifest(), Optional.empty(), found.statement()));
        }
        return verifier.verify(repository, image).attestations().stream()
                .filter(found ->
                        found.predicateType().filter(SbomTypes::isPredicate).isPresent())
                .limit(limits.documents())
                .map(found -> statement(
                        image.digest(),
                        found.manifest(),
                        found.signer(),
                        found.statement().orElse("")));
    }

    private AttachedSbom statement(Digest image, Digest manifest, Optional<String> signer, String statement) {
        ByteArrayInputStream in = new ByteArrayInputStream(statement.getBytes(StandardCharsets.UTF_8));
        try {
            ImageInventory inventory = SbomDocument.read(in, limits, Optional.of(image));
            return AttachedSbom.read(AttachedSbom.Place.ATTESTATION, manifest, signer, inventory);
        } catch (MalformedDocumentException e) {
            return AttachedSbom.refused(AttachedSbom.Place.ATTESTATION, manifest, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }
}
