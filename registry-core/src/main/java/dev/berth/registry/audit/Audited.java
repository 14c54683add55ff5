package dev.berth.registry.audit;

import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.ForwardingRegistry;
import java.time.InstantSource;
import java.util.Objects;

/**
 * A registry that tells what is deleted through it, and what it refuses: of each deletion when it is made, and of each call
 * that a layer behind it refuses with {@code DENIED} or, for a change, {@code UNSUPPORTED}. The reason is the sentence that
 * the caller gets. As thread-safe as the registry behind it.
 *
 * <p>Stands behind what checks rights, which tells of its own refusals, and in front of everything else that refuses: quotas,
 * rules for tags, {@link dev.berth.registry.compose.ReadOnly}, {@link dev.berth.registry.compose.WithoutDeletion}.
 *
 * <p>A view is cheap. A server creates one for each request, so that events state who made which request from where.
 *
 * @since 0.1
 */
public final class Audited extends ForwardingRegistry {
    private final Auditor auditor;

    private Audited(Registry delegate, Auditor auditor) {
        super(delegate);
        this.auditor = auditor;
    }

    /**
     * Returns a view of a registry.
     *
     * @param origin who makes all calls through the view
     * @param listener is told. If it is {@link AuditListener#none()}, the registry itself is returned
     */
    public static Registry of(Registry registry, AuditOrigin origin, AuditListener listener) {
        return of(registry, origin, listener, InstantSource.system());
    }

    /**
     * Returns a view of a registry.
     *
     * @param origin who makes all calls through the view
     * @param listener is told. If it is {@link AuditListener#none()}, the registry itself is returned
     * @param clock gives events their time
     */
    public static Registry of(Registry registry, AuditOrigin origin, AuditListener listener, InstantSource clock) {
        Objects.requireNonNull(registry, "registry");
        return AuditListener.isNone(listener)
                ? registry
                : new Audited(registry, new Auditor(origin, AuditListener.guarded(listener), clock));
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new AuditedRepository(delegate().repository(name), auditor.in(name));
    }
}
