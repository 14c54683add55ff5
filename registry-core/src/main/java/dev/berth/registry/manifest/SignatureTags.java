package dev.berth.registry.manifest;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tags under which cosign keeps, by default, what belongs to a manifest: {@code sha256-<hex>.sig} for signatures,
 * {@code .att} for attestations, {@code .sbom} for an SBOM.
 *
 * @since 0.1
 */
public final class SignatureTags {
    private static final List<String> SUFFIXES = List.of(".sig", ".att", ".sbom");
    private static final Pattern FORM = Pattern.compile("(sha[0-9]+)-([0-9a-f]+)\\.(?:sig|att|sbom)");

    /** OCI distribution specification, "Referrers Tag Schema": of longer digests the first 64 digits. */
    private static final Pattern REFERRERS = Pattern.compile("sha(256|512)-[0-9a-f]{64}");

    private SignatureTags() {}

    /**
     * Returns whether a registry that has no listing of referrers keeps one under this tag. Each registry has its own, so it
     * is not copied.
     */
    public static boolean isListOfReferrers(Tag tag) {
        return REFERRERS.matcher(tag.value()).matches();
    }

    /** Returns the tags for a manifest; none if its digest is too long for a tag. */
    public static List<Tag> of(Digest manifest) {
        String name = manifest.algorithm() + "-" + manifest.hex();
        return SUFFIXES.stream().flatMap(suffix -> tag(name + suffix).stream()).toList();
    }

    /** Returns the manifest that a tag of this form is for; empty for every other tag. */
    public static Optional<Digest> subject(Tag tag) {
        Matcher form = FORM.matcher(tag.value());
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(form.group(1) + ":" + form.group(2)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Tag> tag(String text) {
        try {
            return Optional.of(Tag.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
