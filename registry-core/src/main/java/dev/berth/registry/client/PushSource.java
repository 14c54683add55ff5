package dev.berth.registry.client;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.transport.BodyFailedException;
import dev.berth.registry.internal.transport.OutgoingBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The content of a push, which may have to be sent again from somewhere in its middle: read anew where that is possible,
 * else out of the last bytes that were read, which are kept. What is not of the size or digest that was said is found
 * out before its last bytes are sent. For one thread.
 */
final class PushSource implements AutoCloseable {
    private static final int BUFFER = 32 * 1024;

    private final BlobSource source;
    private final Optional<Digest> expected;
    private final String what;
    private final @Nullable ReplayBuffer window;
    private @Nullable InputStream stream;
    private @Nullable MessageDigest hash;
    private long read;
    private long sent;
    private boolean ended;

    /**
     * @param expected the digest that the content must have, where it is known
     * @param what what is pushed, for messages
     */
    PushSource(BlobSource source, Optional<Digest> expected, String what) {
        this.source = source;
        this.expected = expected;
        this.what = what;
        this.window = source.reopenable() ? null : new ReplayBuffer();
    }

    /** Returns the number of bytes of the whole content, where that is known, also since it was read to its end. */
    OptionalLong size() {
        return ended ? OptionalLong.of(read) : source.size();
    }

    boolean reopenable() {
        return source.reopenable();
    }

    /** Returns the position behind the last byte that was sent so far, in any attempt. */
    long sent() {
        return sent;
    }

    /** Returns whether all of the content was read, verified and sent at least once. */
    boolean wasSentCompletely() {
        return ended && sent == read;
    }

    /** Returns whether the content can be sent from this position on. */
    boolean canSendFrom(long offset) {
        return source.reopenable() || offset == read || window != null && window.reaches(offset);
    }

    /** Returns the content from a position on, to be sent once or, where the source allows that, repeatedly. */
    RequestContent from(long offset) {
        return new RequestContent() {
            @Override
            public boolean repeatable() {
                return source.reopenable() || sent == 0 && stream == null;
            }

            @Override
            public OutgoingBody open() {
                return body(offset);
            }
        };
    }

    private OutgoingBody body(long offset) {
        return new OutgoingBody() {
            @Override
            public long length() {
                OptionalLong size = size();
                return size.isPresent() ? size.getAsLong() - offset : UNKNOWN;
            }

            @Override
            public void writeTo(OutputStream output) throws IOException {
                write(offset, output);
            }
        };
    }

    private void write(long offset, OutputStream output) throws IOException {
        if (source.reopenable()) {
            reopen();
            skip(offset);
        } else if (offset < read && window != null) {
            window.writeFrom(offset, output);
            sent = Math.max(sent, read);
        }
        byte[] held = new byte[BUFFER];
        byte[] next = new byte[BUFFER];
        int count = read(held);
        while (count >= 0) {
            // The last bytes are held back until it is sure that they are the last, and the right ones.
            int following = read(next);
            output.write(held, 0, count);
            sent = Math.max(sent, read - Math.max(0, following));
            byte[] swapped = held;
            held = next;
            next = swapped;
            count = following;
        }
    }

    private void reopen() throws BodyFailedException {
        close();
        read = 0;
        ended = false;
        hash = null;
    }

    private void skip(long offset) throws BodyFailedException {
        byte[] buffer = new byte[BUFFER];
        while (read < offset) {
            if (read(buffer, (int) Math.min(BUFFER, offset - read)) < 0) {
                throw new BodyFailedException(
                        new IOException("The content has become shorter since it was read first"));
            }
        }
    }

    private int read(byte[] buffer) throws BodyFailedException {
        return read(buffer, buffer.length);
    }

    private int read(byte[] buffer, int most) throws BodyFailedException {
        if (ended) {
            return -1;
        }
        int count;
        try {
            if (stream == null) {
                stream = source.open();
                hash = expected.map(digest -> digest.algorithm().newMessageDigest())
                        .orElse(null);
            }
            count = stream.read(buffer, 0, most);
        } catch (IOException e) {
            throw new BodyFailedException(e);
        } catch (RuntimeException e) {
            // Whatever it is about, it is not about this registry.
            throw new BodyFailedException(new IOException(String.valueOf(e.getMessage()), e));
        }
        if (count < 0) {
            requireSize(read);
            requireDigest();
            ended = true;
            return -1;
        }
        read += count;
        if (source.size().isPresent() && read > source.size().getAsLong()) {
            requireSize(read);
        }
        if (hash != null) {
            hash.update(buffer, 0, count);
        }
        if (window != null) {
            window.append(buffer, count);
        }
        return count;
    }

    private void requireSize(long actual) throws BodyFailedException {
        OptionalLong said = source.size();
        if (said.isPresent() && said.getAsLong() != actual) {
            throw new BodyFailedException(RegistryException.of(
                    ErrorCode.SIZE_INVALID,
                    "The content of " + what + " has " + (actual > said.getAsLong() ? "more" : "fewer") + " bytes ("
                            + actual + ") than its source said (" + said.getAsLong() + ")"));
        }
    }

    private void requireDigest() throws BodyFailedException {
        if (hash == null || expected.isEmpty()) {
            return;
        }
        Digest actual = Digest.finish(expected.get().algorithm(), hash);
        if (!actual.equals(expected.get())) {
            throw new BodyFailedException(RegistryException.of(
                    ErrorCode.DIGEST_INVALID,
                    "The content of " + what + " is not " + expected.get() + ": its digest is " + actual));
        }
    }

    @Override
    public void close() {
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException e) {
                // All that was wanted of it was read, or will be read anew.
                hash = null;
            }
            stream = null;
        }
    }
}
