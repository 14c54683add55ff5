package dev.berth.registry.console;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.page.Visitor;
import dev.berth.registry.server.Caller;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whoever sends a request with a browser.
 *
 * @param session of somebody who has signed in
 * @param forms of somebody who has not
 */
record CurrentVisitor(
        Optional<BrowserSession> session, FormCookie forms, AccessPolicy policy, Predicate<Caller> administrators)
        implements Visitor {

    @Override
    public Caller caller() {
        return session.map(BrowserSession::caller).orElseGet(Caller::anonymous);
    }

    @Override
    public boolean isSignedIn() {
        return session.isPresent();
    }

    @Override
    public boolean isAdministrator() {
        return administrators.test(caller()) && caller().limit().isEmpty();
    }

    @Override
    public boolean may(Action action, RepositoryName repository) {
        return policy.allows(caller(), action, repository) && caller().isWithinLimit(action.in(repository));
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
