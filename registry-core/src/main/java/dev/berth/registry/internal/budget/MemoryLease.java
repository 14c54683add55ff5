package dev.berth.registry.internal.budget;

import java.util.function.BooleanSupplier;

/** A part of a {@link MemoryBudget}, to be closed when the memory is free again. Used by one thread at a time. */
public final class MemoryLease implements AutoCloseable {
    private final MemoryBudget budget;
    private final BooleanSupplier abandoned;
    private boolean large;
    private long held;
    /** What is in memory already, of content that is growing. */
    private long filled;
    /** When this lease got more than it has filled, by {@link System#nanoTime}. */
    private long reservedAt;

    MemoryLease(MemoryBudget budget, BooleanSupplier abandoned) {
        this.budget = budget;
        this.abandoned = abandoned;
    }

    /**
     * Takes what content needs that is growing. Beyond the size of small content, all that it may ever need is reserved
     * at once, so that those who have begun can end. Who grows too slowly loses what it has reserved and not filled to
     * those who wait, and takes it again piece by piece.
     *
     * @param size how much there will be next, in bytes
     * @param most how much there will be at most
     * @throws dev.berth.registry.RegistryException as {@link MemoryBudget#acquire}
     */
    public void growTo(long size, long most) {
        budget.grow(this, size, most);
    }

    /** Gives back all but so many bytes. */
    public void shrinkTo(long bytes) {
        budget.shrink(this, bytes);
    }

    /** Gives everything back. Idempotent. */
    @Override
    public void close() {
        budget.shrink(this, 0);
    }

    // The state belongs to the budget, under its lock.

    boolean isAbandoned() {
        return abandoned.getAsBoolean();
    }

    boolean isLarge() {
        return large;
    }

    void setLarge() {
        large = true;
    }

    long held() {
        return held;
    }

    void setHeld(long bytes) {
        held = bytes;
    }

    long filled() {
        return filled;
    }

    void setFilled(long bytes, long now) {
        filled = bytes;
        reservedAt = reservedAt == 0 ? now : reservedAt;
    }

    boolean isSlow(long now, long nanos) {
        return filled > 0 && now - reservedAt > nanos;
    }
}
