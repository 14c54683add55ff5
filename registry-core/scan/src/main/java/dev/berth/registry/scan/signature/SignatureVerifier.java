package dev.berth.registry.scan.signature;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds the signatures and attestations of images in any registry, and checks them with keys, and by the policies of Notation.
 * Nobody is asked over the network but the registry of the image: there is no transparency log, and no question whether a
 * certificate was revoked. Immutable and thread-safe.
 *
 * @since 0.1
 */
public final class SignatureVerifier {
    private final TrustedKeys keys;
    private final @Nullable NotationTrust notation;
    private final SignedName name;
    private final @Nullable String host;
    private final SignatureLimits limits;
    private final boolean attestations;
    private final InstantSource time;

    private SignatureVerifier(Builder builder) {
        this.keys = builder.keys;
        this.notation = builder.notation;
        this.name = builder.name;
        this.host = builder.host;
        this.limits = builder.limits;
        this.attestations = builder.attestations;
        this.time = builder.time;
    }

    /** Returns a builder. Without keys and policies, nothing is accepted. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Checks all signatures of an image, an index, or another manifest. Those of an index are not those of its images, and the
     * other way round.
     *
     * @param repository the repository of the image, in which its signatures are as well
     * @param selector its tag or digest
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} or {@link ErrorCode#NAME_UNKNOWN} if there is no such
     *     image, and with other codes if the registry cannot tell. Never for what is in a signature
     */
    public Signatures verify(Repository repository, ManifestSelector selector) {
        return verify(repository, repository.manifests().get(selector).descriptor());
    }

    /**
     * As {@link #verify(Repository, ManifestSelector)}, of a manifest that was read before.
     *
     * @param image the media type, digest and size of the manifest, which the caller has verified
     * @throws RegistryException if the registry cannot tell. Never for what is in a signature
     */
    public Signatures verify(Repository repository, Descriptor image) {
        SignatureSearch search = new SignatureSearch(repository, image.digest(), limits, attestations);
        search.run();
        Instant now = time.instant();
        CosignCheck cosign = new CosignCheck(keys, name, limits, now);
        Optional<TrustPolicy> policy = Optional.ofNullable(notation)
                .flatMap(trust -> trust.policy(Optional.ofNullable(host), repository.name()));
        List<CheckedSignature> checked = new ArrayList<>();
        for (FoundSignature found : search.found()) {
            checked.add(guarded(
                    found,
                    () -> found.form() == SignatureForm.NOTATION
                            ? notation(repository, image, found, policy, now)
                            : cosign.check(repository, image.digest(), found)));
        }
        return new Signatures(
                repository.name(),
                image,
                checked,
                search.isComplete(),
                policy.filter(TrustPolicy::skip).map(TrustPolicy::name));
    }

    private CheckedSignature notation(
            Repository repository, Descriptor image, FoundSignature found, Optional<TrustPolicy> policy, Instant now) {
        if (notation == null) {
            throw new RefusedException("there are no trust policies for signatures of Notation");
        }
        TrustPolicy applicable = policy.orElseThrow(() ->
                new RefusedException("no trust policy is for " + (host == null ? "" : host + "/") + repository.name()));
        return new NotationCheck(notation, applicable, limits, now).check(repository, image, found);
    }

    /** Whatever is in a signature, it is refused with a reason; that the registry fails is another matter. */
    private static CheckedSignature guarded(FoundSignature found, Supplier<CheckedSignature> check) {
        try {
            return check.get();
        } catch (RefusedException e) {
            return CheckedSignature.refused(found, e.reason());
        } catch (RegistryException e) {
            throw e;
        } catch (MalformedJsonException e) {
            return CheckedSignature.refused(
                    found, "it is malformed: " + JsonObject.printable(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // Certificates and keys are parsed by the JDK, which has many ways to say that they are wrong.
            return CheckedSignature.refused(
                    found, "it cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** Returns what is trusted, without keys. */
    @Override
    public String toString() {
        return "SignatureVerifier[keys " + keys + (notation == null ? "" : ", policies " + notation) + "]";
    }

    /**
     * Collects what a verifier trusts. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private TrustedKeys keys = TrustedKeys.none();
        private @Nullable NotationTrust notation;
        private SignedName name = SignedName.sameRepository();
        private @Nullable String host;
        private SignatureLimits limits = SignatureLimits.DEFAULT;
        private boolean attestations = true;
        private InstantSource time = InstantSource.system();

        private Builder() {}

        /** Trusts keys, for signatures and attestations of cosign. None by default. */
        public Builder keys(TrustedKeys newKeys) {
            this.keys = Objects.requireNonNull(newKeys, "keys");
            return this;
        }

        /** Trusts what these policies of Notation trust. None by default. */
        public Builder notation(NotationTrust newNotation) {
            this.notation = Objects.requireNonNull(newNotation, "notation");
            return this;
        }

        /** Sets for which name signatures of cosign must be. {@link SignedName#sameRepository()} by default. */
        public Builder name(SignedName newName) {
            this.name = Objects.requireNonNull(newName, "name");
            return this;
        }

        /**
         * Sets the name of the registry, with its port if it has one, as the scopes of Notation's policies have it. Without it,
         * only the policy for {@code *} applies.
         */
        public Builder host(String newHost) {
            this.host = Objects.requireNonNull(newHost, "host");
            return this;
        }

        /** Sets how much is read. {@link SignatureLimits#DEFAULT} by default. */
        public Builder limits(SignatureLimits newLimits) {
            this.limits = Objects.requireNonNull(newLimits, "limits");
            return this;
        }

        /**
         * Leaves out what is kept as an attestation, which may be much larger than a signature, and does not count as one.
         */
        public Builder withoutAttestations() {
            this.attestations = false;
            return this;
        }

        /** Sets where the time comes from, by which keys and certificates expire. The system's by default. */
        public Builder time(InstantSource newTime) {
            this.time = Objects.requireNonNull(newTime, "time");
            return this;
        }

        /** Builds it. */
        public SignatureVerifier build() {
            return new SignatureVerifier(this);
        }
    }
}
