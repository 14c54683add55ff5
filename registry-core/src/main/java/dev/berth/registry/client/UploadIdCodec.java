package dev.berth.registry.client;

import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import dev.berth.registry.client.http.Addresses;
import dev.berth.registry.internal.cache.RecentlyUsed;
import dev.berth.registry.internal.transport.Origin;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns the addresses of uploads into ids, and ids back into addresses, but only those that can be an upload of the
 * repository. Ids may come from strangers, when this registry is served by a proxy: taken as addresses without a look
 * they would lead our credentials anywhere.
 *
 * <p>Of the usual form is every address that the specification's own examples have. Of those of another form, which
 * some registries use, only what this object has seen itself is taken, and only as long as it remembers it. Thread-safe.
 */
final class UploadIdCodec {
    private static final int CAPACITY = 1000;

    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, RepositoryName> unusual = new RecentlyUsed<>(CAPACITY);

    /**
     * Returns the id of an upload.
     *
     * @throws IllegalArgumentException if the address is too long for one
     */
    UploadId id(Origin home, RepositoryName repository, URI address) {
        boolean here = Origin.of(address).equals(home);
        String text = here ? pathAndQuery(address) : address.toString();
        if (!here || !isUsual(address, repository)) {
            lock.lock();
            try {
                unusual.put(text, repository);
            } finally {
                lock.unlock();
            }
        }
        return UploadId.of(text);
    }

    private static String pathAndQuery(URI address) {
        String query = address.getRawQuery();
        return address.getRawPath() + (query == null ? "" : "?" + query);
    }

    /** Returns the address of an upload to a repository, or empty if the id is none of these. */
    Optional<URI> address(Origin home, RepositoryName repository, UploadId id) {
        lock.lock();
        try {
            if (repository.equals(unusual.get(id.value()))) {
                return Addresses.resolve(URI.create(home + "/"), id.value());
            }
        } finally {
            lock.unlock();
        }
        if (!id.value().startsWith("/v2/")) {
            return Optional.empty();
        }
        return Addresses.resolve(URI.create(home + "/"), id.value())
                .filter(address -> Origin.of(address).equals(home) && isUsual(address, repository));
    }

    private static boolean isUsual(URI address, RepositoryName repository) {
        try {
            ApiPath path = ApiPath.parse(address.getRawPath());
            return path.resource() == ApiResource.UPLOAD
                    && path.name().equals(repository.value())
                    && !path.last().equals(".")
                    && !path.last().equals("..");
        } catch (RegistryException e) {
            // Escapes that are malformed, or hide a slash.
            return false;
        }
    }
}
