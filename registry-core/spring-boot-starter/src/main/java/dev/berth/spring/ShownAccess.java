package dev.berth.spring;

import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;

/** An access of which pages know who may see what. */
interface ShownAccess {

    /** Returns what tells who sends a request. To be called after the server was made. */
    Authenticator authenticator();

    /** Returns what callers may do. */
    AccessPolicy policy();

    /** Returns whether a caller is an administrator of all repositories. */
    boolean administers(Caller caller);
}
