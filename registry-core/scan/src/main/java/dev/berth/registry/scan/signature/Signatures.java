package dev.berth.registry.scan.signature;

import dev.berth.registry.Descriptor;
import dev.berth.registry.RepositoryName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was found of signatures and attestations of an image. Immutable.
 *
 * <p>It is about one manifest: the signature of an index counts for the index, and that of an image in it for that image
 * only.
 *
 * @param repository the repository of the image
 * @param image the manifest
 * @param all all that was found, accepted or not
 * @param complete whether everything was looked at, within the limits
 * @param skippedBy the policy of Notation that says that signatures of this image are not verified, if one does
 * @since 0.1
 */
public record Signatures(
        RepositoryName repository,
        Descriptor image,
        List<CheckedSignature> all,
        boolean complete,
        Optional<String> skippedBy) {

    /** Copies the list. */
    public Signatures {
        Objects.requireNonNull(repository, "repository");
        Objects.requireNonNull(image, "image");
        Objects.requireNonNull(skippedBy, "skippedBy");
        all = List.copyOf(all);
    }

    /** Returns whether a signature is accepted. Attestations do not count. */
    public boolean isSigned() {
        return !accepted().isEmpty();
    }

    /** Returns the signatures that are accepted, without attestations. */
    public List<CheckedSignature> accepted() {
        return all.stream()
                .filter(signature -> signature.isAccepted() && !signature.attestation())
                .toList();
    }

    /** Returns the attestations that are accepted. */
    public List<CheckedSignature> attestations() {
        return all.stream()
                .filter(signature -> signature.isAccepted() && signature.attestation())
                .toList();
    }

    /** Returns what was refused, with the reasons. */
    public List<CheckedSignature> refused() {
        return all.stream().filter(signature -> !signature.isAccepted()).toList();
    }

    /** Returns who signed, or why that is not so, in one sentence. */
    public String explanation() {
        if (isSigned()) {
            return "signed by "
                    + accepted().stream()
                            .map(signature -> signature.signer().orElse("?"))
                            .distinct()
                            .collect(Collectors.joining(", "));
        }
        List<CheckedSignature> signatures =
                all.stream().filter(signature -> !signature.attestation()).toList();
        if (signatures.isEmpty()) {
            return "no signature of " + image.digest() + " was found in " + repository + limits();
        }
        return "no signature of " + image.digest() + " in " + repository + " is accepted: "
                + signatures.stream()
                        .flatMap(signature -> signature.refusals().stream())
                        .distinct()
                        .limit(5)
                        .collect(Collectors.joining("; "))
                + limits();
    }

    private String limits() {
        return complete ? "" : "; there is more than what was looked at";
    }
}
