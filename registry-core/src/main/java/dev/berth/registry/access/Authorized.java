package dev.berth.registry.access;

import dev.berth.registry.Listing;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import dev.berth.registry.audit.RefusalFlood;
import dev.berth.registry.compose.DenyingRegistry;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryResolver;
import java.time.InstantSource;
import java.util.Objects;

/**
 * A registry as one caller sees it: each call needs a right, whether it comes over HTTP or from the same process. As
 * thread-safe as the registry behind it.
 *
 * <table>
 *   <caption>The right that a call needs</caption>
 *   <tr><th>call</th><th>right</th></tr>
 *   <tr><td>look up, read and list manifests, tags, referrers and blobs</td><td>{@link Action#PULL}</td></tr>
 *   <tr><td>write manifests, tags and blobs; everything about an upload</td><td>{@link Action#PUSH}</td></tr>
 *   <tr><td>mount a blob</td><td>{@link Action#PUSH}, and {@link Action#PULL} in the repository it comes from: without
 *       that nothing is mounted</td></tr>
 *   <tr><td>delete manifests, tags and blobs</td><td>{@link Action#DELETE}</td></tr>
 *   <tr><td>list the repositories</td><td>none: the listing has those from which the caller may pull</td></tr>
 *   <tr><td>check the health</td><td>none</td></tr>
 * </table>
 *
 * <p>A right is checked when a call begins, so an upload session that is open stays usable. A refusal has the code
 * {@code UNAUTHORIZED} for an anonymous caller and {@code DENIED} for others. It is the same for what is hidden and for
 * what does not exist.
 *
 * <p>The names that a caller may see are intervals of the catalogue. The listing of repositories jumps from one to the
 * next, so it costs what it shows and one page for each pattern of {@link AccessPolicy#readable}, however many
 * repositories are hidden. With a pattern such as {@code team/*} it also costs one page for each name directly below
 * {@code team} that has repositories below it. The registry must list its repositories in lexical order, as
 * {@link Registry#repositories} says.
 *
 * @since 0.1
 */
public final class Authorized extends DenyingRegistry {
    private final Registry delegate;
    private final Rights rights;

    private Authorized(Registry delegate, Rights rights) {
        super(rights.refusals(), delegate.identity());
        this.delegate = delegate;
        this.rights = rights;
    }

    /**
     * Returns the view that a caller has of a registry.
     *
     * @param registry the registry, which is not closed with the view
     * @param caller the caller, whose limit is applied too
     * @param policy the policy, which is asked at each call
     */
    public static Registry of(Registry registry, Caller caller, AccessPolicy policy) {
        return of(registry, caller, policy, AuditListener.none());
    }

    /**
     * Returns the view that a caller has of a registry.
     *
     * @param registry the registry, which is not closed with the view
     * @param caller the caller, whose limit is applied too
     * @param policy the policy, which is asked at each call
     * @param listener is told what is refused
     */
    public static Registry of(Registry registry, Caller caller, AccessPolicy policy, AuditListener listener) {
        return view(registry, policy, new Refusals(caller, RequestOrigin.of(caller), listener));
    }

    /**
     * Returns a resolver for a server: each caller gets its view of a registry.
     *
     * @param registry the registry, which is not closed with the server
     * @param policy the policy, which is asked at each call
     * @param listener is told what is refused
     */
    public static RegistryResolver resolver(Registry registry, AccessPolicy policy, AuditListener listener) {
        return resolver(RegistryResolver.fixed(Objects.requireNonNull(registry, "registry")), policy, listener);
    }

    /**
     * Returns a resolver for a server: each caller gets its view of the registry that another resolver finds, such as
     * {@link RequestViews}.
     *
     * @param registries finds what is behind the view
     * @param policy the policy, which is asked at each call
     * @param listener is told what is refused, but not of each refusal in a flood
     */
    public static RegistryResolver resolver(RegistryResolver registries, AccessPolicy policy, AuditListener listener) {
        Objects.requireNonNull(registries, "registries");
        Objects.requireNonNull(policy, "policy");
        AuditListener limited = RefusalFlood.limiting(listener, InstantSource.system());
        boolean told = !AuditListener.isNone(limited);
        return (caller, access, request) -> view(
                registries.resolve(caller, access, request),
                policy,
                new Refusals(caller, told ? RequestOrigin.of(caller, request) : AuditOrigin.none(), limited));
    }

    private static Registry view(Registry registry, AccessPolicy policy, Refusals refusals) {
        return new Authorized(
                Objects.requireNonNull(registry, "registry"),
                new Rights(Objects.requireNonNull(policy, "policy"), refusals));
    }

    @Override
    public Repository repository(RepositoryName name) {
        return new AuthorizedRepository(delegate.repository(name), rights);
    }

    @Override
    public Listing<RepositoryName, RepositoryName> repositories() {
        if (!rights.mayListRepositories()) {
            return super.repositories();
        }
        return Listing.of((after, wanted) ->
                new VisibleRepositories(delegate, rights.readable(), rights::mayPull, after, wanted));
    }

    @Override
    public void checkHealth() {
        delegate.checkHealth();
    }
}
