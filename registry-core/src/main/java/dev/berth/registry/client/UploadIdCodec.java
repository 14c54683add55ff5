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
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Converts the addresses of uploads to ids, and ids back to addresses of uploads to the same repository. Ids may come from
 * strangers, if this registry is served over HTTP: an unchecked address would send credentials anywhere.
 *
 * <p>Addresses of the form of the specification's examples are always accepted. Addresses of another form, which some
 * registries use, are accepted if this object has seen them, as long as it remembers them. Thread-safe.
 */
final class UploadIdCodec {
    private static final int CAPACITY = 1000;
    private static final String ELSEWHERE = "elsewhere-";

    private record Place(RepositoryName repository, URI address) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<String, Place> unusual = new RecentlyUsed<>(CAPACITY);

    /**
     * Returns the id of an upload.
     *
     * @throws IllegalArgumentException if the address is too long for one
     */
    UploadId id(Origin home, RepositoryName repository, URI address) {
        boolean here = Origin.of(address).equals(home);
        if (here && isUsual(address, repository)) {
            return UploadId.of(pathAndQuery(address));
        }
        // Not the address of another server: the id may reach clients of a server in front of this client.
        UploadId id = UploadId.of(here ? pathAndQuery(address) : ELSEWHERE + UUID.randomUUID());
        lock.lock();
        try {
            unusual.put(id.value(), new Place(repository, address));
        } finally {
            lock.unlock();
        }
        return id;
    }

    private static String pathAndQuery(URI address) {
        String query = address.getRawQuery();
        return address.getRawPath() + (query == null ? "" : "?" + query);
    }

    /** Returns the address of an upload to a repository, or empty if it is not one. */
    Optional<URI> address(Origin home, RepositoryName repository, UploadId id) {
        lock.lock();
        try {
            Place known = unusual.get(id.value());
            if (known != null && known.repository().equals(repository)) {
                return Optional.of(known.address());
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
