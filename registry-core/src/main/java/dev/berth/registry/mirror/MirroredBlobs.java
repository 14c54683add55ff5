package dev.berth.registry.mirror;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DirectUrl;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.compose.Denial;
import dev.berth.registry.compose.DenyingBlobs;
import dev.berth.registry.mirror.MissingUpstream.Wanted;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The blobs of a repository that is mirrored. */
final class MirroredBlobs extends DenyingBlobs {
    /** How often a blob may vanish between two looks. */
    private static final int ATTEMPTS = 3;

    private final MirrorContext context;
    private final MirrorSite site;

    MirroredBlobs(MirrorContext context, MirrorSite site, Denial denial) {
        super(site.here(), denial);
        this.context = context;
        this.site = site;
    }

    /** Stands for a call, so that equal ones are made once. */
    private record Call(RepositoryName repository, Digest blob) {}

    @Override
    public Optional<Descriptor> find(Digest digest) {
        Optional<Descriptor> here = site.cache().blobs().find(digest);
        if (here.isPresent()) {
            return here;
        }
        Optional<Descriptor> coming = context.flights().inProgress(id(digest)).flatMap(Flight::blob);
        if (coming.isPresent()) {
            return coming;
        }
        if (context.missing().contains(wanted(digest))) {
            return Optional.empty();
        }
        return ask(digest);
    }

    private Optional<Descriptor> ask(Digest digest) {
        String what = "look for the blob " + digest + " of " + site.there();
        Optional<Descriptor> found;
        try {
            found = context.calls()
                    .call(
                            new Call(site.here(), digest),
                            context.options().fetchDeadline(),
                            what,
                            () -> site.upstream().blobs().find(digest));
        } catch (RegistryException e) {
            if (!e.isMissing()) {
                throw Outage.of(e).forClient(what);
            }
            found = Optional.empty();
        }
        if (found.isEmpty()) {
            context.missing().add(wanted(digest));
        }
        return found;
    }

    @Override
    public BlobContent open(Digest digest, ByteRange range) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<BlobContent> here = here(digest, range);
            if (here.isPresent()) {
                return serve(here.get(), attempt == 0);
            }
            if (context.missing().contains(wanted(digest))) {
                throw unknown(digest);
            }
            Optional<BlobContent> coming = coming(digest, range);
            if (coming.isPresent()) {
                return serve(coming.get(), false);
            }
        }
        throw RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "The blob " + digest + " of " + site.here() + " comes and goes in this mirror; try again");
    }

    private BlobContent serve(BlobContent content, boolean here) {
        context.listener().requested(site.here(), MirrorListener.Kind.BLOB, here);
        context.listener().serving(site.here(), MirrorListener.Kind.BLOB, content.length());
        return content;
    }

    private Optional<BlobContent> here(Digest digest, ByteRange range) {
        try {
            return Optional.of(site.cache().blobs().open(digest, range));
        } catch (RegistryException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Optional<BlobContent> coming(Digest digest, ByteRange range) {
        String what = "pull the blob " + digest + " of " + site.there();
        try {
            return context.flights()
                    .join(site, digest)
                    .open(range, context.options().fetchDeadline(), what);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.RANGE_INVALID) {
                throw e;
            }
            if (e.isMissing()) {
                context.missing().add(wanted(digest));
                throw unknown(digest);
            }
            throw Outage.of(e).forClient(what);
        }
    }

    /** Of a blob that is here only. */
    @Override
    public Optional<DirectUrl> directUrl(Digest digest, Duration validity) {
        try {
            return site.cache().blobs().directUrl(digest, validity);
        } catch (RegistryException e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Deletes what is here. The next pull brings it again. */
    @Override
    public boolean delete(Digest digest) {
        boolean deleted = site.cache().blobs().delete(digest);
        context.shelf().deletedBlob(id(digest));
        return deleted;
    }

    private ImageId id(Digest digest) {
        return new ImageId(site.here(), digest);
    }

    private Wanted wanted(Digest digest) {
        return new Wanted(site.here(), true, digest.toString());
    }

    private RegistryException unknown(Digest digest) {
        return RegistryException.builder(new RegistryError(
                        ErrorCode.BLOB_UNKNOWN,
                        "There is no blob " + digest + " in the repository " + site.here()
                                + ", which is mirrored: the upstream registry does not have it",
                        Map.of("name", site.here().value(), "digest", digest.toString())))
                .withoutStackTrace()
                .build();
    }
}
