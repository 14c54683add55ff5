package dev.berth.registry.client;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.manifest.ManifestDocument;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** The deletion of a manifest (end-9): with its entry in the referrers of its subject, where we have to keep those. */
final class RemoteManifestDelete {
    private final RemoteContext context;
    private final RepositoryName name;

    RemoteManifestDelete(RemoteContext context, RepositoryName name) {
        this.context = context;
        this.name = name;
    }

    DeleteResult run(Digest digest) {
        // Once it is deleted, nobody knows what it referred to.
        Optional<Digest> subject = subject(digest);
        URI address = context.client().address(ApiPath.ofManifest(name, digest));
        ApiRequest request = ApiRequest.builder("DELETE", address, ApiResource.MANIFEST, Access.delete(name))
                .accept(404)
                .what("delete the manifest " + digest + " of " + name, digest)
                .build();
        IncomingResponse response = context.client().callForHead(request);
        if (response.status() == 404) {
            return new DeleteResult(false, List.of());
        }
        if (subject.isPresent() && !new RemoteReferrers(context, name).isSupported(subject.get())) {
            new FallbackReferrers(context, name).remove(subject.get(), digest);
        }
        return new DeleteResult(true, TagHeader.read(response));
    }

    private Optional<Digest> subject(Digest digest) {
        try {
            return new RemoteManifests(context, name)
                    .fetch(digest)
                    .flatMap(fetched ->
                            ManifestDocument.parse(fetched.manifest()).subject())
                    .map(Descriptor::digest);
        } catch (RegistryException e) {
            // It may be deleted all the same: too large to be read, malformed, not for our eyes.
            return Optional.empty();
        }
    }
}
