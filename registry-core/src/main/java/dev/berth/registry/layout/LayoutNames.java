package dev.berth.registry.layout;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Reference;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which repository and tag an entry of {@code index.json} is, by its annotations. Programs write a plain tag into
 * {@value #REF_NAME}, as the specification has it, or a whole image name; containerd and Docker write the whole name
 * into {@value #IMAGE_NAME}.
 *
 * @param only the repository that all entries are in; empty where their own names tell
 */
record LayoutNames(Optional<RepositoryName> only) {
    static final String REF_NAME = "org.opencontainers.image.ref.name";
    static final String IMAGE_NAME = "io.containerd.image.name";

    Optional<RepositoryName> repository(Descriptor entry) {
        return only.or(() -> imageName(entry).map(Reference::repository));
    }

    Optional<Tag> tag(Descriptor entry) {
        Optional<String> ref = Optional.ofNullable(entry.annotations().get(REF_NAME));
        return ref.flatMap(LayoutNames::asTag).or(() -> imageName(entry).flatMap(Reference::tag));
    }

    /** Returns the whole name of an entry, with its tag; empty if it has none. */
    static Optional<Reference> wholeName(Descriptor entry) {
        return imageName(entry)
                .flatMap(name -> name.tag()
                        .or(() -> Optional.ofNullable(entry.annotations().get(REF_NAME))
                                .flatMap(LayoutNames::asTag))
                        .map(tag -> Reference.of(name.registry(), name.repository(), tag)));
    }

    /** Returns an entry that names a manifest by a tag, and nothing but that. */
    static Descriptor tagged(Descriptor manifest, Tag tag) {
        return manifest.withAnnotations(Map.of(REF_NAME, tag.value()));
    }

    /** Returns an entry without its name. */
    static Descriptor untagged(Descriptor entry) {
        Map<String, String> annotations = new HashMap<>(entry.annotations());
        annotations.remove(REF_NAME);
        annotations.remove(IMAGE_NAME);
        return entry.withAnnotations(annotations);
    }

    private static Optional<Reference> imageName(Descriptor entry) {
        return Optional.ofNullable(entry.annotations().get(IMAGE_NAME))
                .flatMap(LayoutNames::asReference)
                .or(() -> Optional.ofNullable(entry.annotations().get(REF_NAME))
                        // What has neither is a tag, though it could be read as a name.
                        .filter(ref -> ref.indexOf('/') >= 0 || ref.indexOf(':') >= 0)
                        .flatMap(LayoutNames::asReference));
    }

    private static Optional<Tag> asTag(String text) {
        try {
            return Optional.of(Tag.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Reference> asReference(String text) {
        try {
            return Optional.of(Reference.parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
