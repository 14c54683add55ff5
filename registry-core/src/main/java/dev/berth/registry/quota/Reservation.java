package dev.berth.registry.quota;

import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What was taken of all limits of a repository for one push. Not thread-safe. */
final class Reservation {
    private final RepositoryName repository;
    private final List<Allowance> allowances;
    private Amount amount = Amount.NONE;

    Reservation(RepositoryName repository, List<Allowance> allowances) {
        this.repository = repository;
        this.allowances = allowances;
    }

    RepositoryName repository() {
        return repository;
    }

    long bytes() {
        return amount.bytes();
    }

    /** Takes more, and returns empty; or takes nothing and returns why not. */
    Optional<Refusal> take(Amount more) throws IOException {
        int taken = 0;
        try {
            for (Allowance allowance : allowances) {
                Optional<Counter> full = allowance.take(more);
                if (full.isPresent()) {
                    return Optional.of(Refusal.of(repository, allowance.limit(), full.get(), more));
                }
                taken++;
            }
            amount = amount.plus(more);
            return Optional.empty();
        } finally {
            if (taken < allowances.size()) {
                allowances.subList(0, taken).forEach(allowance -> allowance.release(more));
            }
        }
    }

    /** Gives back a part. */
    void release(Amount part) {
        allowances.forEach(taken -> taken.release(part));
        amount = amount.minus(part);
    }

    void releaseAll() {
        release(amount);
    }

    /** Hands over what was taken: it is given back once what it was taken for is counted. */
    void spend(Activity activity) {
        allowances.forEach(taken -> activity.spend(taken, amount));
        amount = Amount.NONE;
    }
}
