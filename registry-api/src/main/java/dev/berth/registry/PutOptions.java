package dev.berth.registry;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * What a push of a manifest does besides storing it. Immutable. Two objects are equal if all their settings are.
 *
 * <pre>{@code
 * manifests.put(manifest, PutOptions.tagged(Tag.parse("1.0")).onlyIf(TagCondition.absent()));
 * }</pre>
 *
 * @since 0.1
 */
public final class PutOptions {
    private static final PutOptions UNTAGGED = builder().build();

    private final List<Tag> tags;
    private final TagCondition condition;

    private PutOptions(Builder builder) {
        this.tags = List.copyOf(builder.tags);
        this.condition = builder.condition;
    }

    /** Returns options without a tag: the manifest is found by its digest only. */
    public static PutOptions untagged() {
        return UNTAGGED;
    }

    /** Returns options that set these tags, whatever they name now. */
    public static PutOptions tagged(Tag... tags) {
        return builder().tags(List.of(tags)).build();
    }

    /** Returns a builder with the defaults: no tags, no condition. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that begins with these options. */
    public Builder toBuilder() {
        return builder().tags(tags).condition(condition);
    }

    /** Returns the tags to point at the manifest: each once, in the order in which they are set. */
    public List<Tag> tags() {
        return tags;
    }

    /** Returns what must hold of each of these tags. */
    public TagCondition condition() {
        return condition;
    }

    /** Returns these options with another condition. */
    public PutOptions onlyIf(TagCondition newCondition) {
        return toBuilder().condition(newCondition).build();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PutOptions options && tags.equals(options.tags) && condition.equals(options.condition);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tags, condition);
    }

    /** Prints all settings. */
    @Override
    public String toString() {
        return "PutOptions[tags=" + tags + ", condition=" + condition + "]";
    }

    /**
     * Collects the settings of a push. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final LinkedHashSet<Tag> tags = new LinkedHashSet<>();
        private TagCondition condition = TagCondition.any();

        private Builder() {}

        /** Adds a tag. A tag that is there already is not added again. */
        public Builder tag(Tag tag) {
            tags.add(Objects.requireNonNull(tag, "tag"));
            return this;
        }

        /** Adds tags, in this order. A tag that is there already is not added again. */
        public Builder tags(Collection<Tag> newTags) {
            newTags.forEach(this::tag);
            return this;
        }

        /** Sets what must hold of each tag at the instant at which it is written. Default: {@link TagCondition#any()}. */
        public Builder condition(TagCondition newCondition) {
            this.condition = Objects.requireNonNull(newCondition, "condition");
            return this;
        }

        /** Returns the options. */
        public PutOptions build() {
            return new PutOptions(this);
        }
    }
}
