package dev.berth.registry.console.finding;

import dev.berth.registry.internal.json.JsonObject;
import java.util.Map;

/** What kinds of statements say, in words. */
final class Predicates {
    private static final int LONGEST = 100;

    private static final Map<String, String> WORDS = Map.of(
            "https://slsa.dev/provenance/", "How it was built (SLSA provenance)",
            "https://spdx.dev/Document", "What is in it (SPDX)",
            "https://cyclonedx.org/bom", "What is in it (CycloneDX)",
            "https://cosign.sigstore.dev/attestation/vuln/", "What was found in it",
            "https://openvex.dev/ns", "Which findings do harm (OpenVEX)",
            "https://in-toto.io/attestation/test-result/", "Which tests it passed",
            "https://in-toto.io/Link/", "A step of its build (in-toto link)");

    private Predicates() {}

    static String words(String predicateType) {
        return WORDS.entrySet().stream()
                .filter(entry -> predicateType.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(() -> "A statement of the type " + JsonObject.printable(predicateType, LONGEST));
    }
}
