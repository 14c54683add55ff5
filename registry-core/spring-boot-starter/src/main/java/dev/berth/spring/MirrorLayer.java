package dev.berth.spring;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.host.HostContext;
import dev.berth.registry.host.HostLayer;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.mirror.StaleWarnings;
import java.util.Optional;

/** A registry that is mirrored, as the properties describe it. */
final class MirrorLayer implements HostLayer {
    private final String name;
    private final BerthProperties.Mirror mirror;

    MirrorLayer(String name, BerthProperties.Mirror mirror) {
        this.name = name;
        this.mirror = mirror;
    }

    @Override
    public Registry over(Registry inner, HostContext host) {
        RemoteRegistry upstream = upstream();
        host.onClose(upstream);
        StaleWarnings warnings = new StaleWarnings();
        MirrorOptions.Builder options = MirrorOptions.builder()
                .name(name)
                .prefix(RepositoryName.parse(mirror.prefix() == null ? name : mirror.prefix()))
                .fresh(mirror.fresh())
                .rateLimit(upstream::rateLimit)
                .listener(warnings);
        if (mirror.budget() != null) {
            options.budget(mirror.budget().toBytes());
        }
        PullThrough through = PullThrough.of(upstream, inner, host.store(), options.build());
        host.mirror(through);
        host.filter(warnings);
        return through;
    }

    private RemoteRegistry upstream() {
        RemoteOptions.Builder options = RemoteOptions.builder();
        String username = mirror.username();
        String password = mirror.password();
        if (username != null && password != null) {
            Credentials credentials = Credentials.of(username, password);
            options.credentials((registry, repository) -> Optional.of(credentials));
        } else if (username != null || password != null) {
            throw new IllegalArgumentException("The mirror " + name + " has only one of berth.mirrors." + name
                    + ".username and berth.mirrors." + name + ".password; set both, or none of them");
        }
        return RemoteRegistry.at(mirror.registry(), options.build());
    }
}
