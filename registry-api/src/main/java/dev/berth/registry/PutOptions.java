package dev.berth.registry;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * What to do with a manifest besides storing it.
 *
 * @param tags the tags to point at it, in this order, each once
 * @param condition what must hold of each of these tags
 */
public record PutOptions(List<Tag> tags, TagCondition condition) {

    /** Copies the list and drops repeated tags. */
    public PutOptions {
        tags = List.copyOf(new LinkedHashSet<>(tags));
        Objects.requireNonNull(condition, "condition");
    }

    /** No tag: the manifest is found by its digest only. */
    public static PutOptions untagged() {
        return new PutOptions(List.of(), TagCondition.any());
    }

    /** These tags, whatever they name now. */
    public static PutOptions tagged(Tag... tags) {
        return new PutOptions(List.of(tags), TagCondition.any());
    }

    /** Returns these options with another condition. */
    public PutOptions onlyIf(TagCondition newCondition) {
        return new PutOptions(tags, newCondition);
    }
}
