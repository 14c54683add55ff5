package dev.berth.registry.server.resources;

import dev.berth.registry.DeleteResult;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Manifests;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Tag;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Serves manifests by tag and by digest, and deletes them (end-3, end-9). {@link ManifestPutHandler} stores them. */
final class ManifestHandler implements ResourceHandler {
    private static final int MOST_TOLD = 4096;

    private final ManifestPutHandler push;
    private final MemoryBudget memory;

    ManifestHandler(ManifestPutHandler push, MemoryBudget memory) {
        this.push = push;
        this.memory = memory;
    }

    @Override
    public RegistryResponse handle(ApiCall call) throws IOException {
        return switch (call.request().method()) {
            case "PUT" -> push.handle(call);
            case "DELETE" -> delete(call);
            case "HEAD" -> head(call);
            default -> get(call);
        };
    }

    private static RegistryResponse head(ApiCall call) {
        Descriptor manifest = find(call);
        if (ApiResponses.isKnownToClient(call, manifest.digest())) {
            return ApiResponses.notModified(manifest.digest());
        }
        return ApiResponses.manifest(manifest.mediaType(), manifest.digest())
                .body(UnsentBody.of(manifest.size()))
                .build();
    }

    private RegistryResponse get(ApiCall call) throws ExchangeAbortedException {
        if (call.request().headers().has(WireHeaders.IF_NONE_MATCH)) {
            Digest digest = find(call).digest();
            if (ApiResponses.isKnownToClient(call, digest)) {
                return ApiResponses.notModified(digest);
            }
        }
        if (memory.isShort() && call.request().isAbandoned()) {
            throw ExchangeAbortedException.close();
        }
        ManifestBody body = body(call);
        Manifest manifest = body.manifest();
        return ApiResponses.manifest(manifest.mediaType(), manifest.digest())
                .body(body)
                .build();
    }

    private ManifestBody body(ApiCall call) {
        Attempt first = attempt(call);
        if (first.body.isPresent()) {
            return first.body.get();
        }
        MemoryLease lease = memory.acquire(first.size, 1, call.request()::isAbandoned);
        try {
            return new ManifestBody(call.repository().manifests().get(first.digest), lease);
        } catch (RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    /** What an attempt to read a manifest has shown. Without a body it does not keep the bytes, for which others wait. */
    private record Attempt(Digest digest, int size, Optional<ManifestBody> body) {}

    private Attempt attempt(ApiCall call) {
        Manifest manifest = manifest(call);
        return new Attempt(
                manifest.digest(),
                manifest.size(),
                memory.attempt(manifest.size()).map(lease -> new ManifestBody(manifest, lease)));
    }

    private static RegistryResponse delete(ApiCall call) {
        ManifestSelector selector = call.path().selector();
        RegistryResponse.Builder response = ApiResponses.begin(202);
        boolean deleted;
        if (selector instanceof Digest digest) {
            DeleteResult result = call.repository().manifests().delete(digest);
            deleted = result.deleted();
            tell(response, result.tags());
        } else {
            deleted = call.repository().tags().delete((Tag) selector);
        }
        if (!deleted) {
            throw unknown(call);
        }
        return response.build();
    }

    /** Adds the tags that were deleted with a manifest, unless the field would be too long for some proxies. */
    private static void tell(RegistryResponse.Builder response, List<Tag> tags) {
        String all = tags.stream().map(Tag::toString).collect(Collectors.joining(", "));
        if (!all.isEmpty() && all.length() <= MOST_TOLD) {
            response.header(WireHeaders.TAG, all);
        }
    }

    private static Descriptor find(ApiCall call) {
        Manifests manifests = call.repository().manifests();
        return manifests.find(call.path().selector()).orElseThrow(() -> unknown(call));
    }

    private static Manifest manifest(ApiCall call) {
        try {
            return call.repository().manifests().get(call.path().selector());
        } catch (RegistryException e) {
            throw e.code() == ErrorCode.MANIFEST_UNKNOWN ? unknown(call) : e;
        }
    }

    /** Independent of the registry's text: the length of the body must be the same for HEAD and GET. */
    private static RegistryException unknown(ApiCall call) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.MANIFEST_UNKNOWN,
                        "There is no manifest " + call.path().last() + " in the repository "
                                + call.path().name(),
                        Map.of(
                                "name",
                                call.path().name(),
                                "reference",
                                call.path().last())))
                .build();
    }
}
