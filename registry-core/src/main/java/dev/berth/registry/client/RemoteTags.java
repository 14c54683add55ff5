package dev.berth.registry.client;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.Tags;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.ListBody;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** The tags of a repository of a {@link RemoteRegistry}. */
final class RemoteTags implements Tags {
    private final RemoteContext context;
    private final RepositoryName name;

    RemoteTags(RemoteContext context, RepositoryName name) {
        this.context = context;
        this.name = name;
    }

    @Override
    public Listing<Tag, Tag> list() {
        return NameListing.list(
                context.client(),
                new NameListing.Kind<>(
                        ApiPath.ofTags(name),
                        ApiResource.TAGS,
                        Access.pull(name),
                        ListBody::parseTags,
                        Tag::parse,
                        "the tags of " + name,
                        name.value()));
    }

    @Override
    public Optional<Descriptor> resolve(Tag tag) {
        return new RemoteManifests(context, name).find(tag);
    }

    @Override
    public PutResult put(Tag tag, Digest target, TagCondition condition) {
        Objects.requireNonNull(tag, "tag");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(condition, "condition");
        RemoteManifests manifests = new RemoteManifests(context, name);
        // There is no request that sets a tag alone: the manifest is pushed once more.
        return manifests.put(manifests.get(target), PutOptions.tagged(tag).onlyIf(condition));
    }

    @Override
    public boolean delete(Tag tag) {
        URI address = context.client().address(ApiPath.ofManifest(name, Objects.requireNonNull(tag, "tag")));
        ApiRequest request = ApiRequest.builder("DELETE", address, ApiResource.MANIFEST, Access.delete(name))
                .accept(400, 404, 405)
                .what("delete the tag " + tag + " of " + name, tag)
                .build();
        int status = context.client().callForHead(request).status();
        if (status < 300) {
            return true;
        }
        // Some registries say 404 when they mean that only digests can be deleted.
        if (status == 404 && (resolve(tag).isEmpty() || context.features().hasTagDeletion(name))) {
            return false;
        }
        throw RegistryException.of(
                ErrorCode.UNSUPPORTED,
                "Could not delete the tag " + tag + " of " + name + ": "
                        + context.client().origin()
                        + " does not delete tags alone (" + status
                        + "); the manifest, with all its tags, can be deleted by its digest");
    }
}
