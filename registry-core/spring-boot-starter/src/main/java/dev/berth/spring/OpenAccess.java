package dev.berth.spring;

import dev.berth.registry.access.AccessPolicy;
import dev.berth.registry.access.Authorized;
import dev.berth.registry.access.RequestViews;
import dev.berth.registry.server.Authenticator;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Access where nobody can log in, since the application has no Spring Security. */
final class OpenAccess implements RegistryAccess, ShownAccess {
    private static final Logger LOG = LoggerFactory.getLogger(OpenAccess.class);

    private final BerthProperties.Access access;

    OpenAccess(BerthProperties.Access access) {
        this.access = access;
    }

    @Override
    public Authenticator authenticator() {
        return Authenticator.none();
    }

    @Override
    public AccessPolicy policy() {
        return access.isEmpty() ? (caller, action, repository) -> true : Rights.of(access);
    }

    /** Nobody is known, and nobody has more rights than everybody. */
    @Override
    public boolean administers(Caller caller) {
        return false;
    }

    @Override
    public RegistryServer.Builder server(RequestViews views) {
        if (access.isEmpty()) {
            LOG.warn("The registry has no access control: everyone who reaches the application may push and delete. Add"
                    + " Spring Security, or set berth.access");
            return RegistryServer.builder(views);
        }
        return RegistryServer.builder(Authorized.resolver(views, Rights.of(access), views.audit()));
    }
}
