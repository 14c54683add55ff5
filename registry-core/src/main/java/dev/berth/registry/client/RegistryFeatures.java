package dev.berth.registry.client;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.WireHeaders;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a registry says that it does beyond the specification. Asked once. Thread-safe.
 *
 * <p>A server that does not know conditions on a push ignores them, and nothing in its answer shows that: only one that
 * says so beforehand can be trusted to keep them.
 */
final class RegistryFeatures {
    private final ApiClient client;
    private volatile @Nullable Set<String> told;

    RegistryFeatures(ApiClient client) {
        this.client = client;
    }

    /** Fails with UNSUPPORTED unless the registry says that it keeps conditions on tags. */
    void requireTagConditions(RepositoryName name) {
        if (!told(Access.push(name)).contains(WireHeaders.FEATURE_TAG_CONDITIONS)) {
            throw RemoteManifestPush.unsupported(client);
        }
    }

    /** Returns whether the registry says that it deletes tags alone. */
    boolean hasTagDeletion(RepositoryName name) {
        return told(Access.delete(name)).contains(WireHeaders.FEATURE_TAG_DELETION);
    }

    /** @param access rights that are needed anyway, so that no token is got for this alone */
    private Set<String> told(Access access) {
        Set<String> known = told;
        if (known == null) {
            ApiRequest ping = ApiRequest.builder("GET", client.address(ApiPath.ofPing()), ApiResource.PING, access)
                    .what("ask what the registry can do", client.origin())
                    .build();
            IncomingResponse answer = client.callForHead(ping);
            known = Set.copyOf(answer.headers(WireHeaders.FEATURES));
            told = known;
        }
        return known;
    }
}
