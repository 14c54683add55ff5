package dev.berth.registry.client;

import dev.berth.registry.client.http.AttemptFailedException;
import java.time.Duration;
import java.util.Optional;

/** Counts the attempts at one thing, and waits between them. For one thread. */
final class RetryAttempts {
    private final RetryPolicy policy;
    private final Backoff pacing;
    private int made;

    RetryAttempts(RetryPolicy policy, Backoff pacing) {
        this.policy = policy;
        this.pacing = pacing;
    }

    /**
     * Waits until it is time for another attempt.
     *
     * @throws AttemptFailedException the given one, if there is to be none
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
                pacing.sleeper().sleep(wait.get());
            }
            pacing.pause(policy.pauseAfter(made));
        } catch (InterruptedException e) {
            throw AttemptFailedException.interrupted("wait for another attempt", e);
        }
    }

    /** Begins to count anew, since the last attempt has led somewhere. */
    void madeProgress() {
        made = 0;
    }
}
