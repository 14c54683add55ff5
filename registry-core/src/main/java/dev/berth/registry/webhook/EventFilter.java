package dev.berth.registry.webhook;

import dev.berth.registry.Descriptor;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events an endpoint gets: by repository, by type, and by media type. Immutable.
 *
 * <p>The default is every change in every repository, also of types that later versions add, and no read: reads are many.
 *
 * <pre>{@code
 * EventFilter.builder().repositories("team/**").actions("push", "delete").build()
 * }</pre>
 *
 * @since 0.1
 */
public final class EventFilter {
    private static final EventFilter CHANGES = builder().build();

    private final NameSet repositories;
    private final Set<EventType> types;
    private final Set<EventType> ignoredTypes;
    private final boolean reads;
    private final Set<String> mediaTypes;
    private final Set<String> ignoredMediaTypes;

    private EventFilter(Builder builder) {
        this.repositories = builder.repositories;
        this.types = Set.copyOf(builder.types);
        this.ignoredTypes = Set.copyOf(builder.ignoredTypes);
        this.reads = builder.reads;
        this.mediaTypes = Set.copyOf(builder.mediaTypes);
        this.ignoredMediaTypes = Set.copyOf(builder.ignoredMediaTypes);
    }

    /** Returns the default: every change, and no read. */
    public static EventFilter changes() {
        return CHANGES;
    }

    /** Returns a builder with the default. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder with this filter. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.repositories = repositories;
        builder.types = types;
        builder.ignoredTypes = ignoredTypes;
        builder.reads = reads;
        builder.mediaTypes = mediaTypes;
        builder.ignoredMediaTypes = ignoredMediaTypes;
        return builder;
    }

    /** Returns whether an endpoint with this filter gets the event. */
    public boolean matches(RegistryEvent event) {
        return matches(event.type())
                && repositories.contains(event.repository())
                && event.descriptor()
                        .map(Descriptor::mediaType)
                        .map(Builder::plain)
                        .map(this::matchesMediaType)
                        .orElse(true);
    }

    private boolean matches(EventType type) {
        boolean wanted = types.isEmpty() ? reads || !EventActions.isRead(type) : types.contains(type);
        return wanted && !ignoredTypes.contains(type);
    }

    private boolean matchesMediaType(String mediaType) {
        return (mediaTypes.isEmpty() || mediaTypes.contains(mediaType)) && !ignoredMediaTypes.contains(mediaType);
    }

    /** Returns whether the filter matches any reads. If not, nobody needs to note them for it. */
    public boolean includesReads() {
        return types.isEmpty()
                ? reads && !ignoredTypes.containsAll(EventActions.reads())
                : types.stream().anyMatch(type -> EventActions.isRead(type) && !ignoredTypes.contains(type));
    }

    /** Returns the repositories whose events match. */
    public NameSet repositories() {
        return repositories;
    }

    /** Returns the only types that match, or none if all do but those that are ignored, and reads. */
    public Set<EventType> types() {
        return types;
    }

    /** Returns the types that do not match. */
    public Set<EventType> ignoredTypes() {
        return ignoredTypes;
    }

    /** Returns whether reads match, if {@link #types()} is empty. */
    public boolean reads() {
        return reads;
    }

    /** Returns the only media types that match, or none if all do but those that are ignored. */
    public Set<String> mediaTypes() {
        return mediaTypes;
    }

    /** Returns the media types that do not match. */
    public Set<String> ignoredMediaTypes() {
        return ignoredMediaTypes;
    }

    private List<Object> values() {
        return List.of(repositories, types, ignoredTypes, reads, mediaTypes, ignoredMediaTypes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventFilter that && values().equals(that.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }

    @Override
    public String toString() {
        return (types.isEmpty() ? reads ? "all events" : "all changes" : "events of " + sorted(types))
                + (ignoredTypes.isEmpty() ? "" : " but " + sorted(ignoredTypes))
                + (repositories.isAll() ? "" : " in " + repositories)
                + (mediaTypes.isEmpty() ? "" : " with " + sorted(mediaTypes))
                + (ignoredMediaTypes.isEmpty() ? "" : " without " + sorted(ignoredMediaTypes));
    }

    private static Set<String> sorted(Set<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Builds a filter. Each method replaces what was set before. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private NameSet repositories = NameSet.all();
        private Collection<EventType> types = Set.of();
        private Collection<EventType> ignoredTypes = Set.of();
        private boolean reads;
        private Collection<String> mediaTypes = Set.of();
        private Collection<String> ignoredMediaTypes = Set.of();

        private Builder() {}

        /**
         * Sets the repositories by {@linkplain NamePattern patterns}. Default: all.
         *
         * @throws IllegalArgumentException if a text is no pattern, or there is none
         */
        public Builder repositories(String... patterns) {
            return repositories(
                    NameSet.of(Arrays.stream(patterns).map(NamePattern::parse).toList()));
        }

        /**
         * Sets the repositories. Default: all.
         *
         * @throws IllegalArgumentException if there is none
         */
        public Builder repositories(NameSet newRepositories) {
            if (newRepositories.isEmpty()) {
                throw new IllegalArgumentException(
                        "A filter of events needs a repository; ** is the pattern for all of them");
            }
            this.repositories = newRepositories;
            return this;
        }

        /** Sets the only types of events that match, reads or not. Default: none, and so all changes. */
        public Builder types(Collection<EventType> newTypes) {
            this.types = Set.copyOf(newTypes);
            return this;
        }

        /** Sets the only types of events that match, reads or not. Default: none, and so all changes. */
        public Builder types(EventType... newTypes) {
            return types(Set.of(newTypes));
        }

        /**
         * Sets the only types of events that match by the words of Docker's registry: {@code push} for manifests and blobs
         * that are pushed and tags that are set, {@code pull} for reads, {@code mount} for blobs that are mounted,
         * {@code delete} for manifests, blobs and tags that are deleted.
         *
         * @throws IllegalArgumentException if there is another word
         */
        public Builder actions(String... actions) {
            return types(EventActions.types(List.of(actions)));
        }

        /** Sets types of events that do not match. Default: none. */
        public Builder ignoreTypes(Collection<EventType> newIgnoredTypes) {
            this.ignoredTypes = Set.copyOf(newIgnoredTypes);
            return this;
        }

        /** Sets types of events that do not match, by the words that {@link #actions} has. Default: none. */
        public Builder ignoreActions(String... actions) {
            return ignoreTypes(EventActions.types(List.of(actions)));
        }

        /** Sets whether reads match, where no types are set. Default: no. */
        public Builder reads(boolean newReads) {
            this.reads = newReads;
            return this;
        }

        /**
         * Sets the only media types of manifests and blobs that match. Default: none, and so all. Events without a media
         * type, such as deletions, match whatever is set.
         */
        public Builder mediaTypes(Collection<String> newMediaTypes) {
            this.mediaTypes = plain(newMediaTypes);
            return this;
        }

        /** Sets media types of manifests and blobs that do not match. Default: none. */
        public Builder ignoreMediaTypes(Collection<String> newIgnoredMediaTypes) {
            this.ignoredMediaTypes = plain(newIgnoredMediaTypes);
            return this;
        }

        private static Set<String> plain(Collection<String> mediaTypes) {
            return mediaTypes.stream().map(Builder::plain).collect(Collectors.toUnmodifiableSet());
        }

        /** Media types are equal whatever the case of their letters (RFC 9110, section 8.3.1). */
        private static String plain(String mediaType) {
            return Objects.requireNonNull(mediaType, "mediaType").strip().toLowerCase(Locale.ROOT);
        }

        /** Returns the filter. */
        public EventFilter build() {
            return new EventFilter(this);
        }
    }
}
