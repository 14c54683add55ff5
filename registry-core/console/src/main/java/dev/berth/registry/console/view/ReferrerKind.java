package dev.berth.registry.console.view;

import dev.berth.registry.Descriptor;
import java.util.Locale;
import java.util.Map;

/** Says in words what something is that refers to an image. */
final class ReferrerKind {
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle";
    private static final String PREDICATE = "dev.sigstore.bundle.predicateType";

    private static final Map<String, String> EXACTLY = Map.ofEntries(
            Map.entry("application/vnd.dev.cosign.artifact.sig.v1+json", "Signature (cosign)"),
            Map.entry("cosign:.sig", "Signature (cosign)"),
            Map.entry("cosign:.att", "Attestation (cosign)"),
            Map.entry("cosign:.sbom", "Bill of materials (cosign)"),
            Map.entry("application/vnd.cncf.notary.signature", "Signature (Notation)"),
            Map.entry("application/vnd.in-toto+json", "Attestation (in-toto)"),
            Map.entry("application/vnd.dsse.envelope.v1+json", "Attestation (in-toto)"),
            Map.entry("application/sarif+json", "Findings (SARIF)"),
            Map.entry("application/vnd.openvex+json", "Exploitability (OpenVEX)"),
            Map.entry("text/markdown", "Description"),
            Map.entry("text/plain", "Text"));

    private ReferrerKind() {}

    static String of(Descriptor referrer) {
        String type = referrer.artifactType().orElse(referrer.mediaType());
        String known = EXACTLY.get(type);
        if (known != null) {
            return known;
        }
        String plain = type.toLowerCase(Locale.ROOT);
        if (plain.startsWith(BUNDLE)) {
            String predicate = referrer.annotations().getOrDefault(PREDICATE, "");
            return predicate.isEmpty() || predicate.contains("cosign/sign")
                    ? "Signature or attestation (Sigstore)"
                    : "Attestation (Sigstore)";
        }
        if (plain.contains("cyclonedx")) {
            return "Bill of materials (CycloneDX)";
        }
        if (plain.contains("spdx")) {
            return "Bill of materials (SPDX)";
        }
        if (plain.contains("readme") || plain.contains("markdown")) {
            return "Description";
        }
        if (plain.contains("signature")) {
            return "Signature";
        }
        if (plain.contains("attestation") || plain.contains("provenance")) {
            return "Attestation";
        }
        if (plain.contains("vulnerab") || plain.contains("security.report") || plain.contains("scan")) {
            return "Findings";
        }
        return "Artifact";
    }
}
