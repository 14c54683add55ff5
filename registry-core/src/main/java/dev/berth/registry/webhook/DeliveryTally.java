package dev.berth.registry.webhook;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is counted of an endpoint. It goes from holder to holder as the text of the lease. Thread-safe. */
final class DeliveryTally {
    private long delivered;
    private long failed;
    private long dropped;
    private long dead;
    private long pending;
    private boolean failing;
    private @Nullable Instant oldest;
    private @Nullable Instant failureTime;
    private String failure = "";

    synchronized void addDelivered() {
        delivered++;
    }

    synchronized void addFailed(String reason, Instant now) {
        failed++;
        failure = reason.replaceAll("\\p{Cntrl}", " ");
        failureTime = now;
    }

    synchronized void addDropped(long number) {
        dropped += number;
    }

    synchronized void setDead(long newDead) {
        dead = newDead;
    }

    synchronized void setPending(long newPending, @Nullable Instant newOldest, boolean newFailing) {
        pending = newPending;
        oldest = newOldest;
        failing = newFailing;
    }

    synchronized boolean failing() {
        return failing;
    }

    synchronized String toText() {
        return "delivered " + delivered + "\nfailed " + failed + "\ndropped " + dropped + "\ndead " + dead
                + "\npending "
                + pending + "\nfailing " + (failing ? 1 : 0) + "\noldest " + millis(oldest) + "\nfailureTime "
                + millis(failureTime) + "\nfailure " + failure + "\n";
    }

    private static long millis(@Nullable Instant time) {
        return time == null ? -1 : time.toEpochMilli();
    }

    /** Takes over what the last holder has counted. */
    synchronized void read(String text) {
        Map<String, String> values = new HashMap<>();
        text.lines().forEach(line -> {
            int space = line.indexOf(' ');
            if (space > 0) {
                values.put(line.substring(0, space), line.substring(space + 1));
            }
        });
        delivered = number(values, "delivered");
        failed = number(values, "failed");
        dropped = number(values, "dropped");
        dead = number(values, "dead");
        pending = number(values, "pending");
        failing = number(values, "failing") == 1;
        oldest = time(values, "oldest");
        failureTime = time(values, "failureTime");
        failure = values.getOrDefault("failure", "");
    }

    private static @Nullable Instant time(Map<String, String> values, String name) {
        long millis = number(values, name);
        return millis <= 0 ? null : Instant.ofEpochMilli(millis);
    }

    private static long number(Map<String, String> values, String name) {
        try {
            return Long.parseLong(values.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    synchronized WebhookStatus status(DirectoryEntry entry) {
        WebhookStatus.State state = entry.disabled().isPresent()
                ? WebhookStatus.State.DISABLED
                : !entry.active()
                        ? WebhookStatus.State.INACTIVE
                        : failing ? WebhookStatus.State.FAILING : WebhookStatus.State.ACTIVE;
        return new WebhookStatus(
                entry.name(),
                entry.stored().isEmpty(),
                state,
                pending,
                Optional.ofNullable(oldest),
                delivered,
                failed,
                dropped,
                dead,
                Optional.of(failure).filter(text -> !text.isEmpty()),
                Optional.ofNullable(failureTime));
    }
}
