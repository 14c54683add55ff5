package dev.berth.registry.quota;

/** An amount of what quotas limit: bytes, and a number of repositories. */
record Amount(long bytes, long repositories) {
    static final Amount NONE = new Amount(0, 0);

    Amount plus(Amount other) {
        return new Amount(bytes + other.bytes, repositories + other.repositories);
    }

    Amount minus(Amount other) {
        return new Amount(bytes - other.bytes, repositories - other.repositories);
    }

    /** Returns what is more than nothing of it. */
    Amount positive() {
        return new Amount(Math.max(0, bytes), Math.max(0, repositories));
    }

    Amount least(Amount other) {
        return new Amount(Math.min(bytes, other.bytes), Math.min(repositories, other.repositories));
    }

    Amount most(Amount other) {
        return new Amount(Math.max(bytes, other.bytes), Math.max(repositories, other.repositories));
    }

    Amount half(int times) {
        return new Amount(bytes >> times, repositories >> times);
    }

    boolean fitsInto(Amount room) {
        return bytes <= room.bytes && repositories <= room.repositories;
    }
}
