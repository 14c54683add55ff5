package dev.berth.registry.client;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.WireHeaders;
import org.jspecify.annotations.Nullable;

/**
 * What a registry says that it does beyond the specification. Asked once. Thread-safe.
 *
 * <p>A server that does not know conditions on a push ignores them, and nothing in its answer shows that: only one that
 * says so beforehand can be trusted to keep them.
 */
final class RegistryFeatures {
    private final ApiClient client;
    private volatile @Nullable Boolean tagConditions;

    RegistryFeatures(ApiClient client) {
        this.client = client;
    }

    /** Fails with UNSUPPORTED unless the registry says that it keeps conditions on tags. */
    void requireTagConditions(RepositoryName name) {
        Boolean known = tagConditions;
        if (known == null) {
            known = ask(name);
            tagConditions = known;
        }
        if (!known) {
            throw ManifestPush.unsupported(client);
        }
    }

    private boolean ask(RepositoryName name) {
        ApiRequest ping = ApiRequest.builder(
                        "GET", client.address(ApiPath.ofPing()), ApiResource.PING, Access.push(name))
                .what("ask what the registry can do", client.origin())
                .build();
        IncomingResponse answer = client.callForHead(ping);
        return answer.headers(WireHeaders.FEATURES).contains(WireHeaders.FEATURE_TAG_CONDITIONS);
    }
}
