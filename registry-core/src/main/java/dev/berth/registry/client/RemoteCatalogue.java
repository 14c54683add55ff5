package dev.berth.registry.client;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.ListBody;
import java.util.Iterator;
import java.util.function.Supplier;

/** The repositories of a {@link RemoteRegistry}, of which many registries keep no list. */
final class RemoteCatalogue {
    private final ApiClient client;

    RemoteCatalogue(RemoteContext context) {
        this.client = context.client();
    }

    Listing<RepositoryName, RepositoryName> list() {
        Listing<RepositoryName, RepositoryName> pages = NameListing.list(
                client,
                new NameListing.Kind<>(
                        ApiPath.ofCatalog(),
                        ApiResource.CATALOG,
                        Access.catalog(),
                        ListBody::parseCatalog,
                        RepositoryName::parse,
                        "the repositories of " + client.origin(),
                        client.origin().toString()));
        return Listing.of((after, wanted) -> {
            Listing<RepositoryName, RepositoryName> behind =
                    after.map(pages::after).orElse(pages);
            return translating(
                    wanted.isPresent() ? behind.limit(wanted.getAsLong()).iterator() : behind.iterator());
        });
    }

    private Iterator<RepositoryName> translating(Iterator<RepositoryName> names) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return translating(names::hasNext);
            }

            @Override
            public RepositoryName next() {
                return translating(names::next);
            }
        };
    }

    private <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                throw RegistryException.of(
                        ErrorCode.UNSUPPORTED, client.origin() + " does not list its repositories", e);
            }
            throw e;
        }
    }
}
