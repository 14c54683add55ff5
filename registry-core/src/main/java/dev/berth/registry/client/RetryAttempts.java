package dev.berth.registry.client;

import dev.berth.registry.client.http.AttemptFailedException;
import java.time.Duration;
import java.util.Optional;

/** Counts the attempts at one call, and waits between them. For one thread. */
final class RetryAttempts {
    private final RetryPolicy policy;
    private final Backoff backoff;
    private int made;

    RetryAttempts(RetryPolicy policy, Backoff backoff) {
        this.policy = policy;
        this.backoff = backoff;
    }

    /**
     * Waits until the next attempt is due.
     *
     * @throws AttemptFailedException the given one, if it is final or the last attempt was made
     */
    void awaitNext(AttemptFailedException failed) throws AttemptFailedException {
        made++;
        Optional<Duration> wait = failed.failure().retryAfter();
        if (!failed.isTransient()
                || made >= policy.attempts()
                || wait.isPresent() && wait.get().compareTo(policy.longestWait()) > 0) {
            throw failed;
        }
        try {
            if (wait.isPresent()) {
                backoff.sleeper().sleep(wait.get());
            }
            backoff.pause(policy.pauseAfter(made));
        } catch (InterruptedException e) {
            throw AttemptFailedException.interrupted("wait for another attempt", e);
        }
    }

    /** Starts counting again, since the last attempt made progress. */
    void madeProgress() {
        made = 0;
    }
}
