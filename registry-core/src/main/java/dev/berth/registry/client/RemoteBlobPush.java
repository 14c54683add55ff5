package dev.berth.registry.client;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.client.http.AttemptFailedException;
import dev.berth.registry.internal.wire.UploadRange;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A push of one blob, with all that it takes when connections break: what has arrived is not sent again, and where
 * nobody knows any more what has, it begins anew if the source allows that. For one thread, once.
 */
final class RemoteBlobPush {
    private static final int MOST_SESSIONS = 5;

    private final RemoteContext context;
    private final RepositoryName name;
    private final Digest expected;
    private final PushSource content;
    private final RetryAttempts tries;

    private RemoteBlobPush(RemoteContext context, RepositoryName name, Digest expected, PushSource content) {
        this.context = context;
        this.name = name;
        this.expected = expected;
        this.content = content;
        this.tries = context.client().newAttempts();
    }

    /** Pushes a blob. */
    static Descriptor run(RemoteContext context, RepositoryName name, Digest expected, BlobSource source) {
        String what = "the blob " + expected + " for " + name;
        try (PushSource content = new PushSource(source, Optional.of(expected), what)) {
            return new RemoteBlobPush(context, name, expected, content).run();
        }
    }

    /** How an attempt with one session has ended, where it has not failed. */
    private enum Outcome {
        STORED,
        SESSION_LOST
    }

    private Descriptor run() {
        for (int sessions = 1; ; sessions++) {
            UploadSession session = UploadSession.start(context, name, expected.algorithm());
            try {
                if (send(session, sessions < MOST_SESSIONS) == Outcome.STORED) {
                    return Descriptor.of(
                            MediaTypes.OCTET_STREAM, expected, content.size().orElse(content.sent()));
                }
            } catch (AttemptFailedException e) {
                session.giveUp();
                throw e.failure();
            } catch (RegistryException e) {
                session.giveUp();
                throw e;
            }
        }
    }

    private Outcome send(UploadSession session, boolean mayBeginAnew) throws AttemptFailedException {
        long offset = 0;
        boolean resumed = false;
        while (true) {
            try {
                sendFrom(session, offset, resumed);
                return Outcome.STORED;
            } catch (AttemptFailedException e) {
                boolean known = !resumed || !isAboutTheSession(e);
                if (!e.isTransient() && known) {
                    throw e;
                }
                tries.awaitNext(e.isTransient() ? e : passing(e));
                OptionalLong arrived = arrived(session, offset);
                if (arrived.isEmpty() && isThere()) {
                    return Outcome.STORED;
                }
                if (arrived.isEmpty() || !canGoOn(arrived.getAsLong(), offset)) {
                    if (!mayBeginAnew || !content.canSendFrom(0)) {
                        throw e;
                    }
                    session.giveUp();
                    return Outcome.SESSION_LOST;
                }
                if (arrived.getAsLong() > offset) {
                    tries.madeProgress();
                }
                offset = arrived.getAsLong();
                resumed = true;
            }
        }
    }

    /** Returns how many bytes have arrived; empty if the session is over, or the registry does not know how to say that. */
    private static OptionalLong arrived(UploadSession session, long offset) {
        try {
            return session.arrived(offset);
        } catch (RegistryException e) {
            return switch (e.code()) {
                case UNAVAILABLE, TOOMANYREQUESTS, UNAUTHORIZED, DENIED -> throw e;
                default -> OptionalLong.empty();
            };
        }
    }

    private void sendFrom(UploadSession session, long offset, boolean resumed) throws AttemptFailedException {
        OptionalLong size = content.size();
        if (!resumed && size.isPresent()) {
            session.finish(expected, Optional.of(content.from(0)));
            return;
        }
        if (!content.wasSentCompletely() || offset < content.sent()) {
            Optional<UploadRange> range = size.isPresent() && offset < size.getAsLong()
                    ? Optional.of(new UploadRange(offset, size.getAsLong() - 1))
                    : Optional.empty();
            session.patch(offset, content.from(offset), range);
        }
        session.finish(expected, Optional.empty());
    }

    /**
     * What a request that goes on may be told while the one before it is still being taken in on the other side: there
     * is more than we knew, or it is over, with success.
     */
    private static boolean isAboutTheSession(AttemptFailedException e) {
        ErrorCode code = e.failure().code();
        return code == ErrorCode.RANGE_INVALID || code == ErrorCode.BLOB_UPLOAD_UNKNOWN;
    }

    private static AttemptFailedException passing(AttemptFailedException e) {
        return AttemptFailedException.of(AttemptFailedException.Kind.UNCERTAIN, e.failure());
    }

    /** Returns whether the blob is there, after all of it was sent: then only the answer was lost. */
    private boolean isThere() {
        return content.wasSentCompletely()
                && new RemoteBlobs(context, name).find(expected).isPresent();
    }

    private boolean canGoOn(long arrived, long before) {
        // Of a content of unknown length it could not be said where the rest belongs.
        boolean placeable = content.size().isPresent() || !content.reopenable();
        return placeable && arrived >= before && arrived <= content.sent() && content.canSendFrom(arrived);
    }
}
