package dev.berth.registry.event;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change or an access in a registry. Immutable.
 *
 * <p>All events have an id, a type, a time, a repository and a context. What else there is depends on the type; each
 * constant of {@link EventType} says. A listener compares types and ignores those that it does not handle:
 *
 * <pre>{@code
 * if (event.type().equals(EventType.MANIFEST_PUSHED)) {
 *     deploy(event.repository(), event.tags());
 * }
 * }</pre>
 *
 * <p>A builder creates events in tests, and recreates events that a sink has stored; all that is in an event can be
 * read from it and set in a builder.
 *
 * @since 0.1
 */
public final class RegistryEvent {
    private final EventId id;
    private final EventType type;
    private final Instant when;
    private final RepositoryName repository;
    private final EventContext context;
    private final @Nullable Digest digest;
    private final @Nullable Descriptor descriptor;
    private final List<Tag> tags;
    private final @Nullable RepositoryName mountedFrom;

    private RegistryEvent(Builder builder, EventId id, Instant when) {
        this.id = id;
        this.type = builder.type;
        this.when = when;
        this.repository = builder.repository;
        this.context = builder.context;
        this.digest = builder.digest;
        this.descriptor = builder.descriptor;
        this.tags = builder.tags;
        this.mountedFrom = builder.mountedFrom;
    }

    /** Returns a builder of an event that happens now, by the clock of the system, with a new id. */
    public static Builder builder(EventType type, RepositoryName repository) {
        return EventFactory.system().event(type, repository);
    }

    /** Returns the id: unique, and ascending with time. */
    public EventId id() {
        return id;
    }

    /** Returns the type. */
    public EventType type() {
        return type;
    }

    /** Returns the time of the event, by the clock of the process in which it happened. */
    public Instant when() {
        return when;
    }

    /** Returns the repository in which it happened. */
    public RepositoryName repository() {
        return repository;
    }

    /** Returns who acted, in which request, from where, and in which process. */
    public EventContext context() {
        return context;
    }

    /** Returns the name of the caller, as {@link EventContext#actor()}; empty for an anonymous caller. */
    public String actor() {
        return context.actor();
    }

    /** Returns the digest of the manifest or blob, or empty where the type has none. */
    public Optional<Digest> digest() {
        return Optional.ofNullable(digest);
    }

    /** Returns the manifest or blob with its media type and size, or empty where they are unknown. */
    public Optional<Descriptor> descriptor() {
        return Optional.ofNullable(descriptor);
    }

    /** Returns the tags that were set, deleted or read. */
    public List<Tag> tags() {
        return tags;
    }

    /** Returns the repository from which a blob was mounted, if the client named it. */
    public Optional<RepositoryName> mountedFrom() {
        return Optional.ofNullable(mountedFrom);
    }

    /** Returns whether all values are equal. Repetitions of one event have equal ids. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RegistryEvent that
                && id.equals(that.id)
                && type.equals(that.type)
                && when.equals(that.when)
                && repository.equals(that.repository)
                && context.equals(that.context)
                && Objects.equals(digest, that.digest)
                && Objects.equals(descriptor, that.descriptor)
                && tags.equals(that.tags)
                && Objects.equals(mountedFrom, that.mountedFrom);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Returns the event on one line, for logs. */
    @Override
    public String toString() {
        return when + " " + type + " " + repository
                + (digest == null ? "" : "@" + digest)
                + (tags.isEmpty() ? "" : " " + tags)
                + (mountedFrom == null ? "" : " from " + mountedFrom)
                + " by " + context + " (" + id + ")";
    }

    /**
     * Builds an event. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final EventFactory factory;
        private final EventType type;
        private final RepositoryName repository;
        private @Nullable EventId id;
        private @Nullable Instant when;
        private EventContext context = EventContext.none();
        private @Nullable Digest digest;
        private @Nullable Descriptor descriptor;
        private List<Tag> tags = List.of();
        private @Nullable RepositoryName mountedFrom;

        Builder(EventFactory factory, EventType type, RepositoryName repository) {
            this.factory = factory;
            this.type = Objects.requireNonNull(type, "type");
            this.repository = Objects.requireNonNull(repository, "repository");
        }

        /** Sets the id. Default: a new one, of the time of the event. */
        public Builder id(EventId newId) {
            this.id = Objects.requireNonNull(newId, "newId");
            return this;
        }

        /** Sets the time. Default: the time of the id where one is set, and now where not. */
        public Builder when(Instant newWhen) {
            this.when = Objects.requireNonNull(newWhen, "newWhen");
            return this;
        }

        /** Sets the context. Default: {@link EventContext#none()}. */
        public Builder context(EventContext newContext) {
            this.context = Objects.requireNonNull(newContext, "newContext");
            return this;
        }

        /** Sets the digest of a manifest or blob whose media type and size are unknown. */
        public Builder digest(Digest newDigest) {
            this.digest = Objects.requireNonNull(newDigest, "newDigest");
            this.descriptor = null;
            return this;
        }

        /** Sets the manifest or blob, and its digest. */
        public Builder descriptor(Descriptor newDescriptor) {
            this.digest = newDescriptor.digest();
            this.descriptor = newDescriptor;
            return this;
        }

        /** Sets the tags. Default: none. */
        public Builder tags(List<Tag> newTags) {
            this.tags = List.copyOf(newTags);
            return this;
        }

        /** Sets the tags. Default: none. */
        public Builder tags(Tag... newTags) {
            return tags(List.of(newTags));
        }

        /** Sets the repository from which a blob was mounted. Default: none. */
        public Builder mountedFrom(RepositoryName newMountedFrom) {
            this.mountedFrom = Objects.requireNonNull(newMountedFrom, "newMountedFrom");
            return this;
        }

        /** Returns the event. */
        public RegistryEvent build() {
            EventId eventId = id;
            Instant time = when;
            if (time == null) {
                time = eventId == null ? factory.now() : eventId.time();
            }
            if (eventId == null) {
                eventId = factory.nextId(time);
            }
            return new RegistryEvent(this, eventId, time);
        }
    }
}
