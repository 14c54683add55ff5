package dev.berth.registry.rules;

import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import dev.berth.registry.manifest.SignatureTags;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tags that are a part of an image: those of {@link SignatureTags}, and {@code <algorithm>-<hex>}, under which clients list
 * the referrers where a registry does not ("Referrers Tag Schema"). A long digest is cut there to fit into a tag, so that the
 * image cannot be told from the tag: only digests that fit are looked for.
 */
final class AttachedTags {
    private AttachedTags() {}

    /** Returns the tags that may be attached to an image. */
    static List<Tag> of(Digest image) {
        List<Tag> tags = new ArrayList<>(SignatureTags.of(image));
        String name = image.algorithm() + "-" + image.hex();
        if (name.length() <= Tag.MAX_LENGTH) {
            tags.add(Tag.parse(name));
        }
        return tags;
    }

    /** Returns the image that a tag of such a form is attached to; empty for every other tag. */
    static Optional<Digest> image(Tag tag) {
        Optional<Digest> signed = SignatureTags.subject(tag);
        if (signed.isPresent()) {
            return signed;
        }
        int dash = tag.value().indexOf('-');
        if (!tag.value().startsWith("sha") || dash < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(Digest.parse(
                    tag.value().substring(0, dash) + ":" + tag.value().substring(dash + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
