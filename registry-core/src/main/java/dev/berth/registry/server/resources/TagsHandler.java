package dev.berth.registry.server.resources;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ListBody;
import dev.berth.registry.server.RegistryResponse;
import java.util.Optional;

/** Lists the tags of a repository (end-8). */
final class TagsHandler implements ResourceHandler {

    @Override
    public RegistryResponse handle(ApiCall call) {
        Repository repository = call.repository();
        Listing<Tag, Tag> tags = repository.tags().list();
        Optional<String> last = call.query().first("last").filter(text -> !text.isEmpty());
        if (last.isPresent()) {
            tags = tags.after(tag(last.get()));
        }
        Page<Tag> page = Page.of(tags, call.query());
        RegistryResponse.Builder response = ApiResponses.json(200, ListBody.ofTags(repository.name(), page.entries()));
        return page.link(response, ApiPath.ofTags(repository.name()), call.query())
                .build();
    }

    static Tag tag(String text) {
        try {
            return Tag.parse(text);
        } catch (IllegalArgumentException e) {
            throw RegistryException.of(ErrorCode.TAG_INVALID, String.valueOf(e.getMessage()), e);
        }
    }
}
