package dev.berth.registry.internal.eventlog;

import java.time.Instant;

/** A message that waits for a receiver. Immutable; the payload is not copied. */
public final class QueuedMessage {
    private final String id;
    private final String lane;
    private final Instant since;
    private final byte[] payload;

    /**
     * Creates a message.
     *
     * @param id without spaces
     * @param lane messages of one lane are delivered in order; without spaces, may be empty
     * @param since when it was put into the queue
     */
    public QueuedMessage(String id, String lane, Instant since, byte[] payload) {
        this.id = id;
        this.lane = lane;
        this.since = since;
        this.payload = payload;
    }

    /** Returns the id, which is the same for each repetition. */
    public String id() {
        return id;
    }

    /** Returns the lane, in which messages are delivered in order. */
    public String lane() {
        return lane;
    }

    /** Returns when it was put into the queue, in milliseconds. */
    public Instant since() {
        return since;
    }

    /** Returns the payload, which must not be changed. */
    public byte[] payload() {
        return payload;
    }

    @Override
    public String toString() {
        return id + " in '" + lane + "'";
    }
}
