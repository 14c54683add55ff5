package dev.berth.registry.client;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.EntityTag;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.WireError;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.manifest.ManifestDocument;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A push of a manifest with its tags (end-7). Under one tag it takes one request. Several tags go with a push by digest,
 * where the registry understands that (it says which it has set), and one by one where it does not. For one thread, once.
 */
final class RemoteManifestPush {
    /** As many as the specification wants to be taken at once. */
    private static final int MOST_TAGS = 10;

    private final RemoteContext context;
    private final RepositoryName name;
    private final Manifest manifest;
    private final PutOptions options;
    private final List<Tag> set = new ArrayList<>();
    private boolean stored;
    private boolean subjectTold;

    RemoteManifestPush(RemoteContext context, RepositoryName name, Manifest manifest, PutOptions options) {
        this.context = context;
        this.name = name;
        this.manifest = manifest;
        this.options = options;
    }

    PutResult run() {
        if (!(options.condition() instanceof TagCondition.Any)) {
            context.features().requireTagConditions(name);
        }
        try {
            List<Tag> tags = options.tags();
            if (tags.isEmpty()) {
                put(manifest.digest(), List.of());
            } else if (tags.size() == 1 && isFoundUnderTag()) {
                put(tags.get(0), List.of());
                set.add(tags.get(0));
            } else {
                for (int i = 0; i < tags.size(); i += MOST_TAGS) {
                    putWithTags(tags.subList(i, Math.min(i + MOST_TAGS, tags.size())));
                }
            }
            return new PutResult(manifest.descriptor(), set, subject());
        } catch (RegistryException e) {
            WireError.storedTags(e).ifPresent(this::storedBefore);
            throw stored ? e.afterStoring(new PutResult(manifest.descriptor(), set, Optional.empty())) : e;
        }
    }

    /** Takes note of what the registry says that it has stored before it failed. */
    private void storedBefore(List<Tag> tags) {
        stored = true;
        options.tags().stream()
                .filter(tag -> tags.contains(tag) && !set.contains(tag))
                .forEach(set::add);
    }

    /** Under a tag the registry computes the digest itself, and knows one algorithm for that. */
    private boolean isFoundUnderTag() {
        return manifest.digest().algorithm() == DigestAlgorithm.SHA256;
    }

    private void putWithTags(List<Tag> tags) {
        List<Tag> accepted = put(manifest.digest(), tags);
        set.addAll(accepted);
        for (Tag tag : tags) {
            if (!accepted.contains(tag)) {
                put(tag, List.of());
                set.add(tag);
            }
        }
    }

    /** Pushes once, and returns which of the tags the registry says it has set. */
    private List<Tag> put(ManifestSelector selector, List<Tag> tags) {
        QueryParameters.Builder query = QueryParameters.builder();
        tags.forEach(tag -> query.add("tag", tag));
        URI address = context.client().address(ApiPath.ofManifest(name, selector) + query.build());
        ApiRequest.Builder request = ApiRequest.builder("PUT", address, ApiResource.MANIFEST, Access.push(name))
                .header(WireHeaders.CONTENT_TYPE, manifest.mediaType())
                .content(RequestContent.of(manifest.bytes()))
                .what("push the manifest " + selector + " to " + name, selector);
        if (options.condition() instanceof TagCondition.Absent) {
            request.header(WireHeaders.IF_NONE_MATCH, "*").unsafe();
        } else if (options.condition() instanceof TagCondition.Currently current) {
            request.header(WireHeaders.IF_MATCH, EntityTag.format(current.digest()))
                    .unsafe();
        }
        IncomingResponse response = context.client().callForHead(request.build());
        ContentDigestHeader.require(response, manifest.digest(), "the manifest");
        stored = true;
        subjectTold |= response.header(WireHeaders.SUBJECT).isPresent();
        List<Tag> told = TagHeader.read(response);
        return tags.stream().filter(told::contains).toList();
    }

    private Optional<Digest> subject() {
        Optional<Descriptor> subject = declaredSubject();
        if (subject.isEmpty()) {
            return Optional.empty();
        }
        Digest digest = subject.get().digest();
        // Some registries say that they have taken note of the subject, and then cannot list what refers to it.
        if (!subjectTold || !new RemoteReferrers(context, name).isSupported(digest)) {
            new FallbackReferrers(context, name).add(digest, FallbackReferrers.entry(manifest));
        }
        return Optional.of(digest);
    }

    private Optional<Descriptor> declaredSubject() {
        try {
            return ManifestDocument.parse(manifest).subject();
        } catch (RegistryException e) {
            // What this registry has taken although it is odd has no subject that anybody would find.
            return Optional.empty();
        }
    }

    /** Returns the failure of a condition that cannot be kept. */
    static RegistryException unsupported(ApiClient client) {
        return RegistryException.of(
                ErrorCode.UNSUPPORTED,
                client.origin() + " does not say that it keeps conditions on tags, so that they could be overwritten"
                        + " by another writer all the same; push without a condition");
    }
}
