package dev.berth.registry.client;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.auth.Access;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.internal.transport.IncomingResponse;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.ApiResource;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;

/**
 * The list of referrers that clients keep for registries that do not: an image index under a tag that is made of the
 * subject's digest (OCI distribution specification, "Referrers Tag Schema").
 *
 * <p>Several clients may change it at the same time. Conditional requests keep them apart where the registry knows them,
 * which cannot be found out. So after each change the list is read again, once others that had read the list before the
 * change have had the time to write it: if the change is gone then, it is made again. Threads that share a registry
 * object take turns.
 */
final class FallbackReferrers {
    private static final int LONGEST_ENCODED = 64;
    private static final int MOST_ATTEMPTS = 30;
    private static final int PRECONDITION_FAILED = 412;
    private static final Duration SHORTEST_SETTLING = Duration.ofMillis(200);
    private static final Duration LONGEST_SETTLING = Duration.ofSeconds(5);

    private final RemoteContext context;
    private final RepositoryName name;
    private final RemoteManifests manifests;

    FallbackReferrers(RemoteContext context, RepositoryName name) {
        this.context = context;
        this.name = name;
        this.manifests = new RemoteManifests(context, name);
    }

    /** Returns the tag of a subject. */
    static Tag tag(Digest subject) {
        String encoded = subject.hex();
        return Tag.parse(subject.algorithm() + "-" + encoded.substring(0, Math.min(LONGEST_ENCODED, encoded.length())));
    }

    /** Returns how a referrer is listed. */
    static Descriptor entry(Manifest referrer) {
        ManifestDocument document = ManifestDocument.parse(referrer);
        Descriptor entry = referrer.descriptor().withAnnotations(document.annotations());
        return document.artifactType().map(entry::withArtifactType).orElse(entry);
    }

    /** Lists the referrers of a subject. What is under the tag, if it is something else, counts as none. */
    List<Descriptor> list(Digest subject) {
        return manifests
                .fetch(tag(subject))
                .flatMap(fetched -> index(fetched.manifest()))
                .map(ImageIndex::manifests)
                .orElse(List.of());
    }

    private static Optional<ImageIndex> index(Manifest manifest) {
        try {
            return ManifestDocument.parse(manifest) instanceof ImageIndex index ? Optional.of(index) : Optional.empty();
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    /** Adds a referrer, unless it is listed already. */
    void add(Digest subject, Descriptor referrer) {
        change(subject, entries -> {
            boolean listed = entries.stream().anyMatch(entry -> entry.digest().equals(referrer.digest()));
            if (listed) {
                return entries;
            }
            List<Descriptor> more = new ArrayList<>(entries);
            more.add(referrer);
            return more;
        });
    }

    /** Removes a referrer, if it is listed. */
    void remove(Digest subject, Digest referrer) {
        change(
                subject,
                entries -> entries.stream()
                        .filter(entry -> !entry.digest().equals(referrer))
                        .toList());
    }

    private void change(Digest subject, UnaryOperator<List<Descriptor>> change) {
        Tag tag = tag(subject);
        Lock lock = context.tagLock(name, tag);
        try {
            lock.lockInterruptibly();
            try {
                changeAlone(tag, change);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            throw AttemptFailedException.interrupted("update the referrers in the tag " + tag + " of " + name, e)
                    .failure();
        }
    }

    private void changeAlone(Tag tag, UnaryOperator<List<Descriptor>> change) throws InterruptedException {
        for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
            long begin = System.nanoTime();
            try {
                if (isAsWanted(tag, change)) {
                    return;
                }
            } catch (RegistryException e) {
                // Some registries fail while a tag is being written by another client.
                if (e.code() != ErrorCode.UNKNOWN || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
            context.pacing().pause(settling(Duration.ofNanos(System.nanoTime() - begin)));
        }
        throw RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "Could not update the referrers in the tag " + tag + " of " + name
                        + ": others change it all the time; push the manifest again");
    }

    /** Returns how long others may take to write what they have read before, guessed from how long it took us. */
    private static Duration settling(Duration taken) {
        Duration guess = taken.multipliedBy(4);
        Duration enough = guess.compareTo(SHORTEST_SETTLING) > 0 ? guess : SHORTEST_SETTLING;
        return enough.compareTo(LONGEST_SETTLING) < 0 ? enough : LONGEST_SETTLING;
    }

    /** Reads the list, and writes it unless there is nothing to change about it. */
    private boolean isAsWanted(Tag tag, UnaryOperator<List<Descriptor>> change) {
        Optional<ManifestResponse> present = manifests.fetch(tag);
        ImageIndex index =
                present.map(fetched -> requireIndex(tag, fetched.manifest())).orElseGet(() -> ImageIndex.of(List.of()));
        List<Descriptor> entries = change.apply(index.manifests());
        if (entries.equals(index.manifests())) {
            return true;
        }
        put(
                tag,
                index.withManifests(entries).toManifest(),
                present.flatMap(ManifestResponse::entityTag),
                present.isPresent());
        return false;
    }

    private ImageIndex requireIndex(Tag tag, Manifest manifest) {
        return index(manifest)
                .orElseThrow(() -> RegistryException.of(
                        ErrorCode.MANIFEST_INVALID,
                        "Could not update the referrers in the tag " + tag + " of " + name
                                + ": something else than an image index is there; remove it"));
    }

    private void put(Tag tag, Manifest index, Optional<String> entityTag, boolean isPresent) {
        URI address = context.client().address(ApiPath.ofManifest(name, tag));
        ApiRequest.Builder request = ApiRequest.builder("PUT", address, ApiResource.MANIFEST, Access.push(name))
                .header(WireHeaders.CONTENT_TYPE, index.mediaType())
                .content(RequestContent.of(index.bytes()))
                .accept(PRECONDITION_FAILED)
                .what("update the referrers in the tag " + tag + " of " + name, tag);
        if (!isPresent) {
            request.header(WireHeaders.IF_NONE_MATCH, "*");
        } else if (entityTag.isPresent() && entityTag.get().startsWith("\"")) {
            request.header(WireHeaders.IF_MATCH, entityTag.get());
        }
        IncomingResponse response = context.client().callForHead(request.build());
        if (response.status() < 300) {
            ContentDigestHeader.require(response, index.digest(), "the manifest");
        }
    }
}
