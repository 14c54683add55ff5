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
 * The features beyond the specification that a registry announces. Asked once. Thread-safe.
 *
 * <p>A server without conditional pushes ignores their headers, and its response does not show that: only a server that
 * announces the feature can be trusted to honour conditions.
 */
final class RegistryFeatures {
    private final ApiClient client;
    private volatile @Nullable Set<String> told;

    RegistryFeatures(ApiClient client) {
        this.client = client;
    }

    /** Fails with UNSUPPORTED unless the registry announces conditions on tags. */
    void requireTagConditions(RepositoryName name) {
        if (!told(Access.push(name)).contains(WireHeaders.FEATURE_TAG_CONDITIONS)) {
            throw RemoteManifestPush.unsupported(client);
        }
    }

    /** Returns whether the registry announces the deletion of single tags. */
    boolean hasTagDeletion(RepositoryName name) {
        return told(Access.delete(name)).contains(WireHeaders.FEATURE_TAG_DELETION);
    }

    /** @param access the access that is needed anyway, so that no token is fetched for this alone */
    private Set<String> told(Access access) {
        Set<String> known = told;
        if (known == null) {
            ApiRequest ping = ApiRequest.builder("GET", client.address(ApiPath.ofPing()), ApiResource.PING, access)
                    .what("ask for the features of " + client.origin(), client.origin())
                    .build();
            IncomingResponse answer = client.callForHead(ping);
            known = Set.copyOf(answer.headers(WireHeaders.FEATURES));
            told = known;
        }
        return known;
    }
}
