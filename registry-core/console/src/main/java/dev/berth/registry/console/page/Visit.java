package dev.berth.registry.console.page;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** One request for a page, and who makes it. Used by one thread. */
public final class Visit {
    private final RegistryRequest request;
    private final Visitor visitor;
    private final Registry registry;
    private final QueryParameters query;
    private final Form form;
    private final Management management;
    private final Instant now;
    private final Map<Class<?>, Object> found = new HashMap<>();

    /**
     * Makes a visit.
     *
     * @param visitor who comes
     * @param registry the registry as the caller may see it
     * @param form what was filled in; it was checked to be of a page of this site
     */
    public Visit(
            RegistryRequest request,
            Visitor visitor,
            Registry registry,
            Form form,
            Management management,
            Instant now) {
        this.request = request;
        this.visitor = visitor;
        this.registry = registry;
        // A form that asks sends its spaces as pluses.
        this.query = QueryParameters.parse(
                request.query().map(sent -> sent.replace("+", "%20")).orElse(null));
        this.form = form;
        this.management = management;
        this.now = now;
    }

    /** Returns the request, of which the body was read if it is a form. */
    public RegistryRequest request() {
        return request;
    }

    /** Returns whether something is to be changed. */
    public boolean isPost() {
        return request.method().equals("POST");
    }

    /** Returns who comes. */
    public Caller caller() {
        return visitor.caller();
    }

    /** Returns whether the visitor has signed in, and can sign out. */
    public boolean isSignedIn() {
        return visitor.isSignedIn();
    }

    /** Returns whether the visitor is an administrator of all repositories. */
    public boolean isAdministrator() {
        return visitor.isAdministrator();
    }

    /** Returns the registry as the visitor may see it. */
    public Registry registry() {
        return registry;
    }

    /** Returns whether the visitor may see a repository. */
    public boolean maySee(RepositoryName repository) {
        return visitor.may(Action.PULL, repository);
    }

    /** Returns whether the visitor may do something in a repository. */
    public boolean may(Action action, RepositoryName repository) {
        return visitor.may(action, repository);
    }

    /** Returns whether everybody may pull from a repository. */
    public boolean isPublic(RepositoryName repository) {
        return visitor.isPublic(repository);
    }

    /** Returns what clients call this registry, to be shown in commands: {@code registry.example:5000}. */
    public String host() {
        return request.host().orElse("localhost");
    }

    /** Returns the time of the request. */
    public Instant now() {
        return now;
    }

    /** Returns a parameter of the address, unless it is blank. */
    public Optional<String> asked(String name) {
        return query.first(name).filter(value -> !value.isBlank());
    }

    /** Returns what was filled in. */
    public Form form() {
        return form;
    }

    /** Returns what manages the registry in the name of the visitor. */
    public Management management() {
        return management;
    }

    /** Returns what is found out once for this request, however many parts of the page ask for it. */
    public <T> T once(Class<T> type, Supplier<T> find) {
        return type.cast(found.computeIfAbsent(type, none -> find.get()));
    }

    /** Returns what vouches for the forms of the page that answers this request. */
    String formToken() {
        return visitor.formToken();
    }
}
