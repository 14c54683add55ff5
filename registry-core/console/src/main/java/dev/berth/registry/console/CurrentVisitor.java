package dev.berth.registry.console;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.page.Visitor;
import dev.berth.registry.server.Caller;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whoever sends a request.
 *
 * @param caller who
 * @param session of somebody who has signed in with a browser
 * @param forms of somebody who has not
 * @param administers whether the caller is an administrator of all repositories
 */
record CurrentVisitor(
        Caller caller,
        Optional<BrowserSession> session,
        FormCookie forms,
        AccessPolicy policy,
        BooleanSupplier administers)
        implements Visitor {

    @Override
    public boolean isSignedIn() {
        return session.isPresent();
    }

    @Override
    public boolean isAdministrator() {
        return caller.limit().isEmpty() && administers.getAsBoolean();
    }

    @Override
    public boolean may(Action action, RepositoryName repository) {
        return policy.allows(caller, action, repository) && caller.isWithinLimit(action.in(repository));
    }

    @Override
    public boolean isPublic(RepositoryName repository) {
        return policy.allows(Caller.anonymous(), Action.PULL, repository);
    }

    @Override
    public String formToken() {
        return session.map(BrowserSession::formToken).orElseGet(forms::token);
    }

    /** Returns what the forms of pages have that this visitor has got before. */
    Optional<String> knownFormToken() {
        return session.map(BrowserSession::formToken).or(forms::known);
    }
}
