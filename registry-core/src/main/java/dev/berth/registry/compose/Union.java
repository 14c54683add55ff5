package dev.berth.registry.compose;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryIdentity;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several registries as one. Their order counts: what is read comes from the first that has it, what is changed is changed
 * in the first one.
 *
 * <pre>{@code
 * Registry both = Union.of(ours, RemoteRegistry.at("registry.example"));
 * }</pre>
 *
 * <p><b>Failures.</b> A registry is passed over if it says that it has no such content. If it fails or refuses instead,
 * nobody knows which image it has under a tag, and the failure is that of the union: another image of the same tag is never
 * the answer. What is asked for by its digest is the same everywhere: where a registry is unavailable or limits requests, a
 * later one may have it, and the failure is told if none has. A refusal is always told.
 *
 * <p><b>Lists</b> of repositories, tags and referrers are merged in their order while they are read, without duplicates. A
 * page costs a page of each registry. A list fails where one of them fails, and that of repositories also with
 * {@link ErrorCode#UNSUPPORTED} if one of them has no catalogue: it is never shorter than it should be. The registries must
 * list in the order that {@link Registry} and its parts promise.
 *
 * <p><b>Changes</b> are made in the first registry only, also deletions: what another one has appears again. Manifests may be
 * pushed there whose content another one has, since clients do not push what they find: it is copied, see
 * {@link CompletedPushes}.
 *
 * <p>Two registries may have different images under one tag, and then the first decides; who can push a name to an earlier
 * one decides what it means. As thread-safe as the registries behind it; closing it closes none of them.
 *
 * @since 0.1
 */
public final class Union extends ForwardingRegistry {
    private final List<Registry> registries;
    private final RegistryIdentity identity;

    private Union(List<Registry> registries) {
        super(registries.get(0));
        this.registries = registries;
        this.identity = RegistryIdentity.of(registries.stream()
                .map(registry -> registry.identity().toString())
                .collect(Collectors.joining(", ", "union of ", "")));
    }

    /**
     * Returns the union of these registries, in this order.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Registry of(List<Registry> registries) {
        if (registries.isEmpty()) {
            throw new IllegalArgumentException("A union needs at least one registry");
        }
        return new Union(List.copyOf(registries));
    }

    /** Returns the union of these registries, in this order. */
    public static Registry of(Registry first, Registry second) {
        return of(List.of(first, second));
    }

    @Override
    public Repository repository(RepositoryName name) {
        List<Repository> parts =
                registries.stream().map(registry -> registry.repository(name)).toList();
        return new UnionRepository(CompletedPushes.of(parts.get(0), parts.subList(1, parts.size())), parts);
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        return MergedListing.of(registries, Registry::repositories, Function.identity());
    }

    /** Returns an identity of the union: it has other content than each of its registries. */
    @Override
    public RegistryIdentity identity() {
        return identity;
    }

    /** Checks all registries. The first failure is thrown. */
    @Override
    public void checkHealth() {
        registries.forEach(Registry::checkHealth);
    }

    /** Prints the registries. */
    @Override
    public String toString() {
        return identity.toString();
    }
}
