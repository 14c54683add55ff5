package dev.berth.registry.scan.known;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.gate.Gate;
import dev.berth.registry.scan.gate.GateDecision;
import dev.berth.registry.scan.gate.SignedBy;
import dev.berth.registry.scan.sbom.AttachedSboms;
import dev.berth.registry.scan.sbom.SbomEntry;
import dev.berth.registry.scan.service.ScanReports;
import dev.berth.registry.scan.service.ScanService;
import dev.berth.registry.scan.signature.SignatureVerifier;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the images of a registry: for pages, and for programs. Thread-safe.
 *
 * <pre>{@code
 * KnownImages known = KnownImages.builder(scans, registry).accepted(files::now).signatures(verifier).gate(gate).build();
 * }</pre>
 *
 * @since 0.1
 */
public final class KnownImages {
    /** A larger SBOM is only named: nobody waits for a page that reads it. */
    private static final int LARGEST_SBOM = 4 << 20;

    private static final SignatureVerifier TRUSTS_NOBODY =
            SignatureVerifier.builder().build();

    private final ScanService scans;
    private final ScanReports reports;
    private final Registry registry;
    private final Optional<SignatureVerifier> verifier;
    private final Optional<Gate> gate;
    private final AttachedSboms sboms = AttachedSboms.create();

    private KnownImages(Builder builder) {
        this.scans = builder.scans;
        this.reports = builder.scans.reports(builder.accepted);
        this.registry = builder.registry;
        this.verifier = Optional.ofNullable(builder.verifier);
        this.gate = Optional.ofNullable(builder.gate);
    }

    /**
     * Begins.
     *
     * @param scans what is known of findings and packages
     * @param registry the registry as nobody in particular sees it, behind the gate
     */
    public static Builder builder(ScanService scans, Registry registry) {
        return new Builder(scans, registry);
    }

    /** Returns what scans. */
    public ScanService scans() {
        return scans;
    }

    /** Returns what answers questions about findings and packages, by the list of what is accepted. */
    public ScanReports reports() {
        return reports;
    }

    /** Returns the registry, behind the gate. */
    public Registry registry() {
        return registry;
    }

    /** Returns whether there is a gate. */
    public boolean hasGate() {
        return gate.isPresent();
    }

    /**
     * Returns what the gate says of an image, rule by rule; empty if no rule is for it, or there is no gate.
     *
     * @throws dev.berth.registry.RegistryException as {@link Gate#explain}
     */
    public List<GateDecision> decisions(RepositoryName repository, ManifestSelector selector) {
        return gate.map(judge -> judge.explain(repository, selector)).orElse(List.of());
    }

    /**
     * Returns the signatures of a manifest, judged by the verifier and by those of the rules that are for the repository. Accepted is
     * what one of them accepts.
     *
     * @param manifest its media type, digest and size
     * @throws dev.berth.registry.RegistryException if the registry cannot tell. Never for what is in a signature
     */
    public KnownSignatures signatures(Repository repository, Descriptor manifest) {
        List<SignedBy> demands =
                gate.map(judge -> judge.policy().signers(repository.name())).orElse(List.of());
        boolean judged = verifier.isPresent() || !demands.isEmpty();
        SignatureMerge merge = new SignatureMerge();
        if (verifier.isPresent()) {
            merge.add(verifier.get().verify(repository, manifest));
        }
        demands.forEach(demand -> merge.add(demand.verifier().verify(repository, manifest)));
        if (!judged) {
            merge.add(TRUSTS_NOBODY.verify(repository, manifest));
        }
        return merge.result(judged);
    }

    /**
     * Returns the SBOMs beside an image.
     *
     * @param image the manifest of the image
     * @param index the index that lists it, if that is known
     * @throws dev.berth.registry.RegistryException if the registry cannot tell. Never for what is in an SBOM
     */
    public List<SbomEntry> sboms(Repository repository, Manifest image, Optional<Manifest> index) {
        return sboms.list(repository, image.digest(), index, LARGEST_SBOM);
    }

    /**
     * Collects what is known. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final ScanService scans;
        private final Registry registry;
        private Supplier<Acceptances> accepted = Acceptances::none;
        private @Nullable SignatureVerifier verifier;
        private @Nullable Gate gate;

        private Builder(ScanService scans, Registry registry) {
            this.scans = Objects.requireNonNull(scans, "scans");
            this.registry = Objects.requireNonNull(registry, "registry");
        }

        /** Sets the allow-list, which is asked for with each question. Default: all findings count. */
        public Builder accepted(Supplier<Acceptances> newAccepted) {
            this.accepted = Objects.requireNonNull(newAccepted, "newAccepted");
            return this;
        }

        /** Sets who is trusted, beside those whom the rules of the gate trust. Default: nobody. */
        public Builder signatures(SignatureVerifier newVerifier) {
            this.verifier = Objects.requireNonNull(newVerifier, "newVerifier");
            return this;
        }

        /** Sets the gate. Default: there is none. */
        public Builder gate(Gate newGate) {
            this.gate = Objects.requireNonNull(newGate, "newGate");
            return this;
        }

        /** Returns what is known. */
        public KnownImages build() {
            return new KnownImages(this);
        }
    }
}
