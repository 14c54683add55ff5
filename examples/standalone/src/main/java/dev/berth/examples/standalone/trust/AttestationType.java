package dev.berth.examples.standalone.trust;

import dev.berth.examples.standalone.cli.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.TreeMap;

/** The kinds of attestations, by the words that cosign has for their addresses. */
final class AttestationType {
    private static final Map<String, String> WORDS = new TreeMap<>(Map.of(
            "cyclonedx", "https://cyclonedx.org/bom",
            "spdx", "https://spdx.dev/Document",
            "spdxjson", "https://spdx.dev/Document",
            "slsaprovenance", "https://slsa.dev/provenance/v0.2",
            "slsaprovenance02", "https://slsa.dev/provenance/v0.2",
            "slsaprovenance1", "https://slsa.dev/provenance/v1",
            "link", "https://in-toto.io/Link/v1",
            "openvex", "https://openvex.dev/ns",
            "vuln", "https://cosign.sigstore.dev/attestation/vuln/v1"));

    /** The words, for the help. */
    static final String HELP = "cyclonedx, spdxjson, slsaprovenance1, vuln, openvex, … or any URI";

    private AttestationType() {}

    /** Returns the address that a word or address stands for. */
    static String of(String text) {
        String known = WORDS.get(text);
        if (known != null) {
            return known;
        }
        try {
            if (new URI(text).isAbsolute()) {
                return text;
            }
        } catch (URISyntaxException e) {
            // It is neither.
        }
        throw new UsageException("'" + text + "' is no type of attestations; write a URI or one of "
                + String.join(", ", WORDS.keySet()));
    }
}
