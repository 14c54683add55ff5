package dev.berth.registry;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * Options of a push of a manifest. Immutable. Two objects are equal if all their settings are.
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

    /** Returns options without a tag. The manifest can then be selected by its digest only. */
    public static PutOptions untagged() {
        return UNTAGGED;
    }

    /** Returns options that set these tags unconditionally. */
    public static PutOptions tagged(Tag... tags) {
        return builder().tags(List.of(tags)).build();
    }

    /** Returns a builder with the defaults: no tags, no condition. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with these options. */
    public Builder toBuilder() {
        return builder().tags(tags).condition(condition);
    }

    /** Returns the tags to point to the manifest, without duplicates, in the order in which they are set. */
    public List<Tag> tags() {
        return tags;
    }

    /** Returns the condition on each of these tags. */
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

    /** Returns all settings as text. */
    @Override
    public String toString() {
        return "PutOptions[tags=" + tags + ", condition=" + condition + "]";
    }

    /**
     * A builder of options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final LinkedHashSet<Tag> tags = new LinkedHashSet<>();
        private TagCondition condition = TagCondition.any();

        private Builder() {}

        /** Adds a tag. Duplicates are ignored. */
        public Builder tag(Tag tag) {
            tags.add(Objects.requireNonNull(tag, "tag"));
            return this;
        }

        /** Adds tags, in this order. Duplicates are ignored. */
        public Builder tags(Collection<Tag> newTags) {
            newTags.forEach(this::tag);
            return this;
        }

        /** Sets the condition on each tag at the time at which it is set. Default: {@link TagCondition#any()}. */
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
