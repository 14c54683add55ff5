package dev.berth.spring;

import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.client.RemoteOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.RetryPolicy;
import dev.berth.registry.client.credentials.Credentials;
import dev.berth.registry.host.HostContext;
import dev.berth.registry.mirror.MirrorListener;
import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.mirror.PullThrough;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A registry that is mirrored, as the properties describe it.
 *
 * @param name what it is called in the properties, in records and in metrics
 */
record UpstreamMirror(String name, BerthProperties.Mirror properties) {

    /** Returns the name below which its repositories are here. */
    RepositoryName prefix() {
        return RepositoryName.parse(properties.prefix() == null ? name : properties.prefix());
    }

    /** Returns the hosts by which containerd asks for it. */
    List<String> namespaces() {
        List<String> namespaces = new ArrayList<>(properties.namespaces());
        // A name without a dot is none of a host.
        if (name.indexOf('.') >= 0 && !namespaces.contains(name)) {
            namespaces.add(name);
        }
        return namespaces;
    }

    /** Opens the mirror, which asks nobody yet. The host keeps it to its budget, and closes it. */
    PullThrough open(Registry pushed, HostContext host, List<MirrorListener> listeners) {
        RemoteRegistry upstream = upstream();
        host.onClose(upstream);
        MirrorOptions.Builder options = MirrorOptions.builder()
                .name(name)
                .prefix(prefix())
                .fresh(properties.fresh())
                .allow(patterns(properties.allow()))
                .bringReferrers(properties.referrers())
                .keepWhatIsGone(properties.keepGone())
                .rateLimit(upstream::rateLimit);
        listeners.forEach(options::listener);
        if (properties.budget() != null) {
            options.budget(properties.budget().toBytes());
        }
        if (properties.unused() != null) {
            options.evictUnused(properties.unused());
        }
        PullThrough mirror = PullThrough.of(upstream, pushed, host.store(), options.build());
        host.mirror(mirror);
        return mirror;
    }

    static List<NamePattern> patterns(List<String> texts) {
        return texts.stream().map(NamePattern::parse).toList();
    }

    private RemoteRegistry upstream() {
        // A client waits, and a mirror has an answer: what fails is not tried again and again.
        RemoteOptions.Builder options = RemoteOptions.builder().retry(RetryPolicy.none());
        String username = properties.username();
        String password = properties.password();
        if (username != null && password != null) {
            Credentials credentials = Credentials.of(username, password);
            options.credentials((registry, repository) -> Optional.of(credentials));
        } else if (username != null || password != null) {
            throw new IllegalArgumentException("The mirror " + name + " has only one of berth.mirrors[" + name
                    + "].username and berth.mirrors[" + name + "].password; set both, or none of them");
        }
        return RemoteRegistry.at(properties.registry(), options.build());
    }
}
