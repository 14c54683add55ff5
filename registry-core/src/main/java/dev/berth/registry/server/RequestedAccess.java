package dev.berth.registry.server;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.QueryParameters;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, in terms of access rights: an action, and the repository that it concerns. Immutable.
 *
 * @since 0.1
 */
public final class RequestedAccess {
    private static final RequestedAccess PING = new RequestedAccess(Action.PING, null, null, "");
    private static final RequestedAccess CATALOG = new RequestedAccess(Action.CATALOG, null, null, "");

    private final Action action;
    private final @Nullable RepositoryName repository;
    private final @Nullable RepositoryName mountSource;
    private final String route;

    private RequestedAccess(
            Action action, @Nullable RepositoryName repository, @Nullable RepositoryName mountSource, String route) {
        this.action = action;
        this.repository = repository;
        this.mountSource = mountSource;
        this.route = route;
    }

    /**
     * The kinds of access. More may be added: a {@code switch} needs a default branch, and that should refuse.
     *
     * @since 0.1
     */
    public enum Action {
        /** Asks whether this is a registry, and how to authenticate. */
        PING,
        /** Lists the repositories. */
        CATALOG,
        /** Reads manifests, blobs, tags or referrers of a repository. */
        PULL,
        /** Writes to a repository. Includes everything about an upload, also its state and its cancellation. */
        PUSH,
        /** Deletes a tag, a manifest or a blob. */
        DELETE,
        /** Calls a handler outside the API, see {@link RegistryServer.Builder#authenticatedRoute}. */
        ROUTE
    }

    /** Returns the access that {@code GET /v2/} asks for. */
    public static RequestedAccess ping() {
        return PING;
    }

    /** Returns the access to the list of repositories. */
    public static RequestedAccess catalog() {
        return CATALOG;
    }

    /** Returns the access that reads a repository. */
    public static RequestedAccess pull(RepositoryName repository) {
        return of(Action.PULL, repository);
    }

    /** Returns the access that writes to a repository. */
    public static RequestedAccess push(RepositoryName repository) {
        return of(Action.PUSH, repository);
    }

    /** Returns the access that writes to a repository a blob of another one. */
    public static RequestedAccess mount(RepositoryName repository, RepositoryName source) {
        Objects.requireNonNull(source, "source");
        return new RequestedAccess(Action.PUSH, Objects.requireNonNull(repository, "repository"), source, "");
    }

    /** Returns the access that deletes from a repository. */
    public static RequestedAccess delete(RepositoryName repository) {
        return of(Action.DELETE, repository);
    }

    /** Returns the access to a handler outside the API. */
    public static RequestedAccess route(String path) {
        return new RequestedAccess(Action.ROUTE, null, null, Objects.requireNonNull(path, "path"));
    }

    private static RequestedAccess of(Action action, RepositoryName repository) {
        return new RequestedAccess(action, Objects.requireNonNull(repository, "repository"), null, "");
    }

    /**
     * Returns the access that a request to the API asks for. Its method is one that the resource takes.
     *
     * @throws dev.berth.registry.RegistryException with {@code NAME_INVALID} if the path or the source of a mount is no
     *     name of a repository
     */
    static RequestedAccess of(ApiPath path, String method, QueryParameters query) {
        return switch (path.resource()) {
            case PING, NONE -> PING;
            case CATALOG -> CATALOG;
            case TAGS, REFERRERS -> pull(path.repository());
            case MANIFEST, BLOB ->
                switch (method) {
                    case "GET", "HEAD" -> pull(path.repository());
                    case "DELETE" -> delete(path.repository());
                    default -> push(path.repository());
                };
            case UPLOADS -> upload(path.repository(), query);
            case UPLOAD -> push(path.repository());
        };
    }

    private static RequestedAccess upload(RepositoryName repository, QueryParameters query) {
        if (query.first("mount").isEmpty()) {
            return push(repository);
        }
        return query.first("from")
                .filter(source -> !source.isEmpty())
                .map(source -> mount(repository, ApiPath.repository(source)))
                .orElseGet(() -> push(repository));
    }

    /** Returns the action. */
    public Action action() {
        return action;
    }

    /** Returns the repository that is concerned; empty for {@code PING}, {@code CATALOG} and {@code ROUTE}. */
    public Optional<RepositoryName> repository() {
        return Optional.ofNullable(repository);
    }

    /** Returns the repository that a blob is to be mounted from; empty if nothing is mounted, or none is named. */
    public Optional<RepositoryName> mountSource() {
        return Optional.ofNullable(mountSource);
    }

    /** Returns the configured path of the handler outside the API; empty unless the action is {@code ROUTE}. */
    public Optional<String> route() {
        return action == Action.ROUTE ? Optional.of(route) : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RequestedAccess that
                && action == that.action
                && Objects.equals(repository, that.repository)
                && Objects.equals(mountSource, that.mountSource)
                && route.equals(that.route);
    }

    @Override
    public int hashCode() {
        return Objects.hash(action, repository, mountSource, route);
    }

    /** Returns a text for logs, such as {@code PUSH team/app from team/base}. */
    @Override
    public String toString() {
        return action
                + (repository == null ? "" : " " + repository)
                + (mountSource == null ? "" : " from " + mountSource)
                + (route.isEmpty() ? "" : " " + route);
    }
}
