package dev.berth.registry.server.resources;

import dev.berth.registry.Listing;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ListBody;
import dev.berth.registry.server.RegistryResponse;
import java.util.Optional;

/** Lists the repositories, in the form of {@code registry:2}. */
final class CatalogHandler implements ResourceHandler {

    @Override
    public RegistryResponse handle(ApiCall call) {
        Listing<RepositoryName, RepositoryName> names = call.registry().repositories();
        Optional<String> last = call.query().first("last").filter(text -> !text.isEmpty());
        if (last.isPresent()) {
            names = names.after(ApiPath.repository(last.get()));
        }
        Page<RepositoryName> page = Page.of(names, call.query());
        RegistryResponse.Builder response = ApiResponses.json(200, ListBody.ofCatalog(page.entries()));
        return page.link(response, ApiPath.ofCatalog(), call.query()).build();
    }
}
