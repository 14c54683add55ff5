package dev.berth.registry.scan.sbom;

import java.util.Set;

/** The media types of SBOMs, and the names by which they are known. */
final class SbomTypes {
    static final String CYCLONEDX = "application/vnd.cyclonedx+json";
    static final String IN_TOTO = "application/vnd.in-toto+json";
    static final String DOCKER_ATTESTATION = "application/vnd.docker.attestation.manifest.v1+json";

    /** The types of documents in JSON. */
    static final Set<String> DOCUMENTS = Set.of(
            CYCLONEDX, "application/vnd.cyclonedx", "application/spdx+json", "text/spdx+json", "application/spdx");

    /** The types of artifacts that have statements of in-toto, which may be SBOMs. */
    static final Set<String> STATEMENTS = Set.of(IN_TOTO, DOCKER_ATTESTATION);

    static final String PREDICATE_ANNOTATION = "in-toto.io/predicate-type";
    static final String REFERENCE_TYPE = "vnd.docker.reference.type";
    static final String REFERENCE_DIGEST = "vnd.docker.reference.digest";
    static final String ATTESTATION_MANIFEST = "attestation-manifest";

    /** Marks the referrers that this project has made, so that a newer one can take their place. */
    static final String MADE_HERE = "dev.berth.sbom";

    private static final Set<String> PREDICATES = Set.of("https://cyclonedx.org/bom", "https://spdx.dev/Document");

    private SbomTypes() {}

    /** Returns whether a statement of this kind is an SBOM. Some append a version. */
    static boolean isPredicate(String predicateType) {
        return PREDICATES.stream()
                .anyMatch(known -> predicateType.equals(known) || predicateType.startsWith(known + "/"));
    }
}
