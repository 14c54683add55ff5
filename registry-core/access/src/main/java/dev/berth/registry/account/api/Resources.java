package dev.berth.registry.account.api;

import dev.berth.registry.account.Logins;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.internal.management.Actor;
import dev.berth.registry.internal.management.AllRights;
import dev.berth.registry.internal.management.Route;
import dev.berth.registry.session.Sessions;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All addresses of the API. */
final class Resources {
    private Resources() {}

    static List<Route> of(
            AccountStore store,
            @Nullable StoredKeys keys,
            @Nullable Sessions sessions,
            Logins logins,
            AllRights rights,
            AuditListener listener,
            InstantSource clock) {
        Changes changes = actor -> store.changesBy(actor.origin(), listener);
        LastAdministrator last = new LastAdministrator(store, rights);
        AllGrants grants = new AllGrants(store, rights);
        KnownAccounts known = new KnownAccounts(store, logins.accounts());
        return Stream.of(
                        new People(store, logins, changes, last).routes(),
                        new PersonResource(store, rights, grants, known).routes(),
                        new Organisations(store, changes).routes(),
                        new TeamsResource(store, rights, changes, last).routes(),
                        new GrantsResource(store, rights, grants, changes, last).routes(),
                        new Robots(store, changes, clock).routes(),
                        new PersonalTokens(store, changes, clock).routes(),
                        new SigningKeys(keys, listener, clock).routes(),
                        new SessionsResource(sessions, listener, clock).routes(),
                        new Explanations(rights, store, known).routes(),
                        new WhoMay(grants).routes())
                .flatMap(List::stream)
                .toList();
    }

    /** Makes changes in the name of somebody. */
    interface Changes {
        AccountChanges by(Actor actor);
    }
}
