package dev.berth.registry.client.credentials;

import dev.berth.registry.RepositoryName;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The keys of a registry in a credential file. The programs that write such files differ: Docker uses the address of an
 * obsolete API for Docker Hub, podman uses its name, and has entries for parts of a registry.
 */
enum EntryKeys {
    /** As the docker command line does it. */
    DOCKER {
        @Override
        String registryKey(String registry) {
            return HUB_NAMES.contains(registry) ? HUB_KEY : registry;
        }

        @Override
        List<String> exactKeys(String registry, Optional<RepositoryName> repository) {
            return List.of(registryKey(registry));
        }

        @Override
        boolean matches(String entry, String registry) {
            return host(entry).equals(registryKey(registry));
        }
    },
    /** As podman, skopeo and buildah do it. */
    PODMAN {
        @Override
        String registryKey(String registry) {
            return registry;
        }

        @Override
        List<String> exactKeys(String registry, Optional<RepositoryName> repository) {
            List<String> keys = new ArrayList<>();
            String key = registry + repository.map(name -> "/" + name).orElse("");
            while (key.length() > registry.length()) {
                keys.add(key);
                key = key.substring(0, key.lastIndexOf('/'));
            }
            keys.add(registry);
            return keys;
        }

        @Override
        boolean matches(String entry, String registry) {
            boolean address = entry.startsWith("http://") || entry.startsWith("https://");
            return hub(address ? host(entry) : entry).equals(hub(registry));
        }

        private String hub(String registry) {
            return HUB_NAMES.contains(registry) ? "index.docker.io" : registry;
        }
    };

    /** Docker's key for Docker Hub. */
    static final String HUB_KEY = "https://index.docker.io/v1/";

    private static final Set<String> HUB_NAMES = Set.of("docker.io", "index.docker.io", "registry-1.docker.io");

    /** Returns the name under which a registry has its helper program, and by which that program knows it. */
    abstract String registryKey(String registry);

    /** Returns the keys under which an entry may stand, the one that counts most first. */
    abstract List<String> exactKeys(String registry, Optional<RepositoryName> repository);

    /** Returns whether an entry whose key is none of the exact ones belongs to the registry nevertheless. */
    abstract boolean matches(String entry, String registry);

    /** Returns the host, with its port, of an address that may have a scheme and a path. */
    private static String host(String address) {
        int scheme = address.indexOf("://");
        if (scheme >= 0) {
            try {
                URI uri = new URI(address);
                if (uri.getHost() != null) {
                    return uri.getPort() < 0 ? unbracketed(uri.getHost()) : uri.getHost() + ":" + uri.getPort();
                }
            } catch (URISyntaxException e) {
                // Below is what the docker command line falls back to as well.
            }
        }
        String rest = scheme < 0 ? address : address.substring(scheme + 3);
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}
