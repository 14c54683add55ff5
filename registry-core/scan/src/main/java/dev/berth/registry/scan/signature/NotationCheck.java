package dev.berth.registry.scan.signature;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Repository;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.scan.signature.TrustPolicy.Action;
import dev.berth.registry.scan.signature.TrustPolicy.Check;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks signatures of Notation by one policy. */
final class NotationCheck {
    private final NotationTrust trust;
    private final TrustPolicy policy;
    private final SignatureLimits limits;
    private final Instant now;

    NotationCheck(NotationTrust trust, TrustPolicy policy, SignatureLimits limits, Instant now) {
        this.trust = trust;
        this.policy = policy;
        this.limits = limits;
        this.now = now;
    }

    CheckedSignature check(Repository repository, Descriptor image, FoundSignature found) {
        if (policy.skip()) {
            throw new RefusedException("the trust policy '" + policy.name() + "' skips its verification");
        }
        Descriptor layer = found.requireContent();
        if (!layer.mediaType().equals(SignatureTypes.JWS)) {
            throw new RefusedException("its envelope is of the type " + JsonObject.printable(layer.mediaType())
                    + "; those of the type " + SignatureTypes.JWS + " are read");
        }
        NotationEnvelope envelope =
                NotationEnvelope.verify(SmallBlobs.read(repository, layer, limits.signatureBytes()));
        requireTarget(envelope.payload(), image);
        List<String> refusals = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        trust.revocations().withdrawnOf(envelope.chain()).ifPresent(refusals::add);
        Optional<String> stranger = authenticity(envelope);
        sort(Check.AUTHENTICITY, stranger, refusals, warnings);
        sort(Check.EXPIRY, expiry(envelope), refusals, warnings);
        sort(Check.TIMESTAMP, timestamp(envelope), refusals, warnings);
        sort(Check.REVOCATION, trust.revocations().problem(envelope.chain(), now), refusals, warnings);
        return new CheckedSignature(
                SignatureForm.NOTATION,
                found.manifest(),
                false,
                stranger.isPresent()
                        ? Optional.empty()
                        : Optional.of(CertificateChain.subject(envelope.chain().leaf())),
                Optional.empty(),
                Optional.empty(),
                refusals,
                warnings);
    }

    private void sort(Check check, Optional<String> problem, List<String> refusals, List<String> warnings) {
        Action action = policy.actions().getOrDefault(check, Action.ENFORCE);
        if (action != Action.SKIP) {
            problem.ifPresent(text -> (action == Action.ENFORCE ? refusals : warnings).add(text));
        }
    }

    private static void requireTarget(byte[] payload, Descriptor image) {
        JsonObject root = JsonObject.root(StrictJson.parse(payload));
        root.requireExactNames(List.of("targetArtifact"));
        JsonObject target = root.requireObject("targetArtifact");
        target.requireExactNames(List.of("mediaType", "digest", "size"));
        if (!target.requireString("digest").equals(image.digest().toString())) {
            throw new RefusedException(
                    "it is for another digest, " + JsonObject.printable(target.requireString("digest")));
        }
        if (!target.requireString("mediaType").equals(image.mediaType())
                || target.requireInteger("size") != image.size()) {
            throw new RefusedException("it is for this digest with another media type or size");
        }
    }

    /** Returns why it is not from somebody who is trusted. */
    private Optional<String> authenticity(NotationEnvelope envelope) {
        List<X509Certificate> trusted = trust.trusted(policy, envelope.authority() ? "signingAuthority" : "ca");
        if (envelope.chain().certificates().stream().noneMatch(trusted::contains)) {
            return Optional.of("none of its certificates is in a trust store of the policy '" + policy.name() + "'");
        }
        String subject = CertificateChain.subject(envelope.chain().leaf());
        if (!policy.identities().isEmpty()) {
            SubjectName name;
            try {
                name = SubjectName.ofCertificate(subject);
            } catch (RefusedException e) {
                return Optional.of(e.reason());
            }
            if (policy.identities().stream().noneMatch(identity -> identity.accepts(name))) {
                return Optional.of("its signer, " + JsonObject.printable(subject)
                        + ", is none of the trusted identities of" + " the policy '" + policy.name() + "'");
            }
        }
        return Optional.empty();
    }

    private Optional<String> expiry(NotationEnvelope envelope) {
        return envelope.expiry().filter(expiry -> !now.isBefore(expiry)).map(expiry -> "it expired at " + expiry);
    }

    /** An authority vouches for its time; without one, only the present is certain. */
    private Optional<String> timestamp(NotationEnvelope envelope) {
        if (envelope.authority()) {
            return envelope.chain().problemAt(envelope.signingTime());
        }
        Optional<String> problem = envelope.chain().problemAt(now);
        boolean needed = policy.hasTimestampStore() && (problem.isPresent() || !policy.timestampAfterExpiry());
        return needed
                ? Optional.of(
                        "the policy '" + policy.name() + "' needs a timestamp, and timestamps are not verified here")
                : problem;
    }
}
