package dev.berth.registry.client;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Listing;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.transport.TransportException;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists referrers by the API (end-12), or from the fallback tag if a registry does not have it. */
final class RemoteReferrers {
    private static final String FILTER = "artifactType";

    private final RemoteContext context;
    private final RepositoryName name;

    RemoteReferrers(RemoteContext context, RepositoryName name) {
        this.context = context;
        this.name = name;
    }

    Listing<Descriptor, Digest> list(Digest subject, ReferrerFilter filter) {
        return Listing.of((after, wanted) -> new RemotePages<>(
                context.client(),
                address(subject, filter),
                new Pages(subject, filter, after),
                "the referrers of " + subject));
    }

    /** Returns whether the registry has the API: then it always sends a list, possibly an empty one. */
    boolean isSupported(Digest subject) {
        IncomingResponse response =
                context.client().callForHead(request(address(subject, ReferrerFilter.all()), name, subject));
        return !isMissing(response);
    }

    private URI address(Digest subject, ReferrerFilter filter) {
        QueryParameters.Builder query = QueryParameters.builder();
        filter.artifactType().ifPresent(type -> query.add(FILTER, type));
        return context.client().address(ApiPath.ofReferrers(name, subject) + query.build());
    }

    private static ApiRequest request(URI address, RepositoryName name, Digest subject) {
        return ApiRequest.builder("GET", address, ApiResource.REFERRERS, Access.pull(name))
                .header("Accept", MediaTypes.OCI_INDEX)
                .accept(400, 404, 405, 406, 501)
                .what("list the referrers of " + subject + " in " + name, subject)
                .build();
    }

    /**
     * Returns whether a registry does not have the API. The specification requires 404 for that; some registries take the
     * address for a malformed one of another endpoint, or send an HTML page.
     */
    private static boolean isMissing(IncomingResponse response) {
        return response.status() >= 400 || RegistryCheck.isPage(response);
    }

    /** The pages of one listing. */
    private final class Pages implements RemotePages.Source<Descriptor> {
        private final Digest subject;
        private final ReferrerFilter filter;
        private final Optional<Digest> after;
        private boolean filtered;
        private boolean begun;

        Pages(Digest subject, ReferrerFilter filter, Optional<Digest> after) {
            this.subject = subject;
            this.filter = filter;
            this.after = after;
        }

        @Override
        public ApiRequest request(URI address) {
            return RemoteReferrers.request(address, name, subject);
        }

        @Override
        public List<Descriptor> read(IncomingResponse page) throws TransportException {
            if (isMissing(page)) {
                if (begun) {
                    throw odd("answers with " + page.status() + " where its list goes on");
                }
                page.discard(context.maxManifestBytes());
                filtered = false;
                return new FallbackReferrers(context, name).list(subject);
            }
            filtered = page.headers(WireHeaders.FILTERS_APPLIED).stream()
                    .flatMap(value -> List.of(value.split(",", -1)).stream())
                    .anyMatch(applied -> applied.strip().equals(FILTER));
            List<Descriptor> entries = entries(page);
            begun = true;
            return entries;
        }

        private List<Descriptor> entries(IncomingResponse page) throws TransportException {
            try {
                byte[] body = page.readAll(context.maxManifestBytes())
                        .orElseThrow(() -> odd("sends more than " + context.maxManifestBytes() + " bytes at once"));
                ManifestDocument index = ManifestDocument.parse(Manifest.of(MediaTypes.OCI_INDEX, body));
                return index instanceof ImageIndex found ? found.manifests() : List.of();
            } catch (RegistryException e) {
                if (e.code() == ErrorCode.MANIFEST_INVALID) {
                    throw odd("sends something that is not a list of referrers: " + e.getMessage());
                }
                throw e;
            }
        }

        private RegistryException odd(String what) {
            return RegistryException.of(
                    ErrorCode.UNAVAILABLE,
                    "Could not list the referrers of " + subject + " in " + name + ": "
                            + context.client().origin() + " " + what);
        }

        @Override
        public List<Descriptor> wanted(List<Descriptor> entries, boolean linked) {
            return entries.stream()
                    .filter(entry -> filtered || filter.accepts(entry))
                    .filter(entry -> after.isEmpty() || entry.digest().compareTo(after.get()) > 0)
                    .sorted(Comparator.comparing(Descriptor::digest))
                    .toList();
        }

        @Override
        public Optional<URI> withoutLink(List<Descriptor> entries, List<Descriptor> wanted) {
            return Optional.empty();
        }
    }
}
