package dev.berth.registry.console.page;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Action;
import dev.berth.registry.server.Caller;

/** Somebody who comes with a request, with the rights of this time. Used by one thread. */
public interface Visitor {

    /** Returns who it is. */
    Caller caller();

    /** Returns whether somebody has signed in, and can sign out. */
    boolean isSignedIn();

    /** Returns whether it is an administrator of all repositories. */
    boolean isAdministrator();

    /** Returns whether something is allowed. */
    boolean may(Action action, RepositoryName repository);

    /** Returns whether everybody may pull from a repository. */
    boolean isPublic(RepositoryName repository);

    /** Returns what the forms of pages for this visitor have, and nobody else knows. */
    String formToken();
}
