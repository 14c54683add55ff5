package dev.berth.registry.client;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.MediaTypeHeader;
import dev.berth.registry.internal.wire.WireHeaders;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/** The manifests of a repository of a {@link RemoteRegistry}. */
final class RemoteManifests implements Manifests {
    /** All kinds by name, since some registries convert for clients that do not name what they have; then anything. */
    private static final String ACCEPT = String.join(
            ", ",
            MediaTypes.OCI_MANIFEST,
            MediaTypes.OCI_INDEX,
            MediaTypes.DOCKER_MANIFEST,
            MediaTypes.DOCKER_MANIFEST_LIST,
            "*/*");

    private final RemoteContext context;
    private final RepositoryName name;

    RemoteManifests(RemoteContext context, RepositoryName name) {
        this.context = context;
        this.name = name;
    }

    @Override
    public Optional<Descriptor> find(ManifestSelector selector) {
        IncomingResponse response = context.client()
                .callForHead(request("HEAD", Objects.requireNonNull(selector, "selector"))
                        .accept(404)
                        .what("look for " + what(selector), selector)
                        .build());
        if (response.status() == 404) {
            return Optional.empty();
        }
        Optional<Digest> digest = selector instanceof Digest asked ? Optional.of(asked) : ContentDigestHeader.of(response);
        // No manifest is empty: some registries have not looked when they answer HEAD.
        Optional<String> length =
                response.header(WireHeaders.CONTENT_LENGTH).filter(text -> text.matches("0*[1-9]\\d{0,17}"));
        String mediaType = mediaType(response);
        if (digest.isEmpty() || length.isEmpty() || ManifestResponse.isVague(mediaType)) {
            // The head does not say it all.
            return Optional.of(get(selector).descriptor());
        }
        ContentDigestHeader.require(response, digest.get(), what(selector) + ",");
        return Optional.of(Descriptor.of(mediaType, digest.get(), Long.parseLong(length.get())));
    }

    @Override
    public Manifest get(ManifestSelector selector) {
        return fetch(selector)
                .map(ManifestResponse::manifest)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.MANIFEST_UNKNOWN,
                        "There is no manifest " + selector + " in the repository " + name + " of "
                                + context.client().origin()));
    }

    /** Fetches a manifest, or returns empty if there is none. */
    Optional<ManifestResponse> fetch(ManifestSelector selector) {
        ApiRequest request = request("GET", Objects.requireNonNull(selector, "selector"))
                .accept(404)
                .what("pull " + what(selector), selector)
                .build();
        return context.client().read(request, response -> {
            if (response.status() == 404) {
                ApiExchange.discard(response);
                return Optional.empty();
            }
            return Optional.of(ManifestResponse.read(response, selector, what(selector), context.maxManifestBytes()));
        });
    }

    private ApiRequest.Builder request(String method, ManifestSelector selector) {
        URI address = context.client().address(ApiPath.ofManifest(name, selector));
        return ApiRequest.builder(method, address, ApiResource.MANIFEST, Access.pull(name))
                .header("Accept", ACCEPT);
    }

    private static String mediaType(IncomingResponse response) {
        return MediaTypeHeader.withoutParameters(
                response.header(WireHeaders.CONTENT_TYPE).orElse(""));
    }

    @Override
    public PutResult put(Manifest manifest, PutOptions options) {
        Objects.requireNonNull(manifest, "manifest");
        Objects.requireNonNull(options, "options");
        return new RemoteManifestPush(context, name, manifest, options).run();
    }

    @Override
    public DeleteResult delete(Digest digest) {
        return new RemoteManifestDelete(context, name).run(Objects.requireNonNull(digest, "digest"));
    }

    @Override
    public Listing<Descriptor, Digest> referrers(Digest subject, ReferrerFilter filter) {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(filter, "filter");
        return new RemoteReferrers(context, name).list(subject, filter);
    }

    private String what(ManifestSelector selector) {
        return "the manifest " + selector + " of " + name;
    }
}
