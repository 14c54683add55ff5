package dev.berth.registry.webhook;

import dev.berth.registry.internal.eventlog.DeadMessages;
import dev.berth.registry.internal.eventlog.EndpointQueue;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes what nobody will: dead letters that are too old, endpoints of configurations that no node has any more, and what
 * waits for endpoints that are gone. The node does it that has the lease of the log. For one thread.
 */
final class Housekeeping {
    private static final Duration INTERVAL = Duration.ofMinutes(10);

    private final ObjectStore store;
    private final EndpointDirectory directory;
    private final Told told;
    private final WebhookOptions options;
    private final InstantSource clock;
    private final Set<String> orphans = new HashSet<>();
    private Instant next = Instant.EPOCH;

    Housekeeping(ObjectStore store, EndpointDirectory directory, Told told, WebhookOptions options) {
        this.store = store;
        this.directory = directory;
        this.told = told;
        this.options = options;
        this.clock = options.clock();
    }

    void runIfDue() throws IOException {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(INTERVAL);
        forget(now);
        Directory endpoints = directory.refresh();
        List<String> receivers = EndpointQueue.receivers(store);
        orphans.retainAll(receivers);
        for (String receiver : receivers) {
            if (endpoints.names(receiver)) {
                orphans.remove(receiver);
                expire(receiver, now);
            } else if (!orphans.add(receiver)) {
                // It was gone ten minutes ago already, so that nobody can be about to use it.
                EndpointQueue.deleteAll(store, receiver);
                orphans.remove(receiver);
            }
        }
    }

    private void forget(Instant now) throws IOException {
        for (DirectoryEntry entry : directory.refresh().entries()) {
            if (forgotten(entry, now)) {
                Directory unused = directory.change(known -> known.find(entry.name())
                                .filter(found -> forgotten(found, now))
                                .isPresent()
                        ? known.without(entry.name())
                        : known);
                told.dropped(
                        entry.name(),
                        0,
                        "no node had it in its configuration for " + options.forgetAfter() + "; it is forgotten");
            }
        }
    }

    private boolean forgotten(DirectoryEntry entry, Instant now) {
        return entry.stored().isEmpty()
                && entry.seen().plus(options.forgetAfter()).isBefore(now);
    }

    private void expire(String receiver, Instant now) throws IOException {
        DeadMessages dead = new DeadMessages(store, receiver, clock);
        Instant oldest = now.minus(options.deadLetterAge());
        while (true) {
            ListPage page = dead.names(Optional.empty(), ListRequest.DEFAULT_LIMIT);
            List<String> old = page.names().stream()
                    .filter(name -> DeadMessages.time(name).isBefore(oldest))
                    .toList();
            if (!old.isEmpty()) {
                dead.delete(old);
                told.dropped(receiver, old.size(), "they were dead letters for " + options.deadLetterAge());
            }
            if (page.last() || old.size() < page.names().size()) {
                return;
            }
        }
    }
}
