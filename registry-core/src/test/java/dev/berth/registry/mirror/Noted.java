package dev.berth.registry.mirror;

import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.limit.RateLimit;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what a mirror tells. */
final class Noted implements MirrorListener {
    final List<StaleAnswer> stale = new CopyOnWriteArrayList<>();
    final List<RepositoryName> refused = new CopyOnWriteArrayList<>();
    final List<Digest> downloaded = new CopyOnWriteArrayList<>();
    final List<Long> resumed = new CopyOnWriteArrayList<>();
    final List<RegistryException> failed = new CopyOnWriteArrayList<>();
    final List<Digest> evicted = new CopyOnWriteArrayList<>();
    final List<Tag> checked = new CopyOnWriteArrayList<>();
    final List<RateLimit> limits = new CopyOnWriteArrayList<>();
    final List<Long> serving = new CopyOnWriteArrayList<>();
    final List<Boolean> here = new CopyOnWriteArrayList<>();
    final List<String> contacts = new CopyOnWriteArrayList<>();

    @Override
    public void answered(Instant when) {
        contacts.add("answered");
    }

    @Override
    public void unanswered(Instant when, StaleAnswer.Reason reason, String message) {
        contacts.add(reason + " at " + when);
    }

    @Override
    public void requested(RepositoryName repository, Kind kind, boolean isHere) {
        here.add(isHere);
    }

    @Override
    public void serving(RepositoryName repository, Kind kind, long bytes) {
        serving.add(bytes);
    }

    @Override
    public void checked(RepositoryName repository, Tag tag) {
        checked.add(tag);
    }

    @Override
    public void stale(StaleAnswer answer) {
        stale.add(answer);
    }

    @Override
    public void refused(RepositoryName repository) {
        refused.add(repository);
    }

    @Override
    public void downloaded(RepositoryName repository, Kind kind, Digest digest, long bytes) {
        downloaded.add(digest);
    }

    @Override
    public void resumed(RepositoryName repository, Digest digest, long offset, RegistryException failure) {
        resumed.add(offset);
    }

    @Override
    public void failed(RepositoryName repository, Digest digest, RegistryException failure) {
        failed.add(failure);
    }

    @Override
    public void evicted(RepositoryName repository, Digest image, long bytes) {
        evicted.add(image);
    }

    @Override
    public void rateLimit(RateLimit limit) {
        limits.add(limit);
    }
}
