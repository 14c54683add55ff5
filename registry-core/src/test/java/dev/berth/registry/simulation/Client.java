package dev.berth.registry.simulation;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.MountSource;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.simulation.Content.Blob;
import dev.berth.registry.simulation.Content.Image;
import dev.berth.registry.simulation.History.Kind;
import dev.berth.registry.simulation.History.Operation;
import dev.berth.registry.simulation.History.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** An actor that pushes, tags and deletes. When its process dies, another one goes on. */
final class Client implements Runnable {
    private static final int ATTEMPTS = 3;

    private final Run run;
    private final Schedule schedule;
    private final History history;
    private int left;
    private Life life;
    private Registry registry;

    /** When this client was told last that a repository has something, by repository and digest. */
    private final Map<String, Confirmed> confirmed = new HashMap<>();

    Client(Run run, int operations) {
        this.run = run;
        this.schedule = run.schedule;
        this.history = run.history;
        this.left = operations;
        this.life = run.begin();
        this.registry = run.registry(life);
    }

    /** A moment before something was confirmed. */
    private record Confirmed(long tick, long nanos) {}

    /** Something that a registry is asked for. */
    private interface Request<T> {
        T run();
    }

    @Override
    public void run() {
        while (left > 0) {
            left--;
            try {
                schedule.sleep(pause());
                life.requireAlive();
                next();
            } catch (Died e) {
                schedule.trace("dies", () -> "");
                life = run.begin();
                registry = run.registry(life);
                confirmed.clear();
            }
        }
    }

    /** Nothing, a moment, or about a grace period. */
    private Duration pause() {
        long grace = run.settings.grace().toNanos();
        return switch (schedule.choose(4)) {
            case 0 -> Duration.ZERO;
            case 1 -> Duration.ofMillis(schedule.choose(1500));
            case 2 -> Duration.ofNanos(grace / 1000 * schedule.choose(1000));
            default -> Duration.ofNanos(grace / 1000 * (800 + schedule.choose(800)));
        };
    }

    private void next() {
        RepositoryName repository = schedule.choose(Content.REPOSITORIES.subList(0, run.settings.repositories()));
        Image image = schedule.choose(Content.IMAGES.subList(0, run.settings.images()));
        switch (schedule.choose(12)) {
            case 0 -> delete(Kind.DELETE_TAG, repository, Optional.empty(), Set.of(schedule.choose(Content.TAGS)));
            case 1, 2 -> delete(Kind.DELETE_MANIFEST, repository, Optional.of(known(repository)), Set.of());
            case 3 ->
                delete(
                        Kind.DELETE_BLOB,
                        repository,
                        Optional.of(schedule.choose(Content.BLOBS).digest()),
                        Set.of());
            case 4 -> tag(repository, known(repository), schedule.choose(Content.TAGS));
            case 5 -> bring(repository, schedule.choose(Content.BLOBS));
            case 6 -> forget(repository);
            default -> push(repository, image, tags());
        }
    }

    private Set<Tag> tags() {
        return switch (schedule.choose(4)) {
            case 0 -> Set.of();
            case 1 -> new LinkedHashSet<>(Content.TAGS);
            default -> Set.of(schedule.choose(Content.TAGS));
        };
    }

    /** A manifest that somebody has pushed, if there is one. */
    private Digest known(RepositoryName repository) {
        List<Operation> puts = history.operations.stream()
                .filter(operation -> operation.kind == Kind.PUT_MANIFEST && operation.repository.equals(repository))
                .toList();
        return puts.isEmpty()
                ? schedule.choose(Content.IMAGES).digest()
                : schedule.choose(puts).digest.orElseThrow();
    }

    /** Pushes an image as clients do, and again if something has gone meanwhile. */
    private void push(RepositoryName repository, Image image, Set<Tag> tags) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (Image child : image.children()) {
                if (!isThere(repository, child.digest(), child.manifest().bytes().length, true)) {
                    push(repository, child, Set.of());
                }
            }
            image.blobs().forEach(blob -> bring(repository, blob));
            if (schedule.choose(3) == 0) {
                schedule.sleep(Duration.ofNanos(run.settings.grace().toNanos() / 1000 * schedule.choose(1100)));
                life.requireAlive();
            }
            if (put(repository, image, tags)) {
                return;
            }
        }
    }

    private boolean put(RepositoryName repository, Image image, Set<Tag> tags) {
        Operation operation = begin(Kind.PUT_MANIFEST, repository, Optional.of(image.digest()), tags);
        PutOptions options = PutOptions.builder().tags(tags).build();
        boolean done = ask(operation, () -> {
            repository(repository).manifests().put(image.manifest(), options);
            return true;
        });
        if (done) {
            confirmed.put(repository + " " + image.digest(), new Confirmed(operation.begin, operation.beginNanos));
            if (schedule.choose(4) == 0) {
                new Wholeness(history, operation).check(registry, repository, image);
            }
        }
        return done;
    }

    /** Sees to it that a repository has a blob. */
    private void bring(RepositoryName repository, Blob blob) {
        Digest digest = blob.digest();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int way = schedule.choose(7);
            if (way == 0 && isThere(repository, digest, blob.bytes().length, false)) {
                return;
            }
            Operation operation = begin(Kind.PUSH_BLOB, repository, Optional.of(digest), Set.of());
            boolean done = ask(
                    operation,
                    () -> way == 1 || way == 2
                            ? mount(repository, digest, way == 1) || pushed(repository, blob)
                            : way == 3 || way == 4 ? uploaded(repository, blob, way == 3) : pushed(repository, blob));
            if (done) {
                confirmed.put(repository + " " + digest, new Confirmed(operation.begin, operation.beginNanos));
                return;
            }
        }
    }

    private boolean isThere(RepositoryName repository, Digest digest, int size, boolean manifest) {
        long tick = schedule.tick();
        long nanos = schedule.nanoTime();
        try {
            boolean found = manifest
                    ? repository(repository).manifests().find(digest).isPresent()
                    : repository(repository).blobs().find(digest).isPresent();
            schedule.trace("head", () -> repository + " " + Content.name(digest) + " " + found);
            if (found) {
                confirmed.put(repository + " " + digest, new Confirmed(tick, nanos));
            }
            return found;
        } catch (RegistryException e) {
            requireUnavailable(e);
            return false;
        }
    }

    private boolean mount(RepositoryName repository, Digest digest, boolean named) {
        RepositoryName from = schedule.choose(Content.REPOSITORIES);
        return repository(repository)
                .blobs()
                .mount(digest, named && !from.equals(repository) ? MountSource.from(from) : MountSource.any())
                .isPresent();
    }

    private boolean pushed(RepositoryName repository, Blob blob) {
        repository(repository).blobs().push(blob.digest(), BlobSource.of(blob.bytes()));
        return true;
    }

    private boolean uploaded(RepositoryName repository, Blob blob, boolean inChunks) {
        byte[] bytes = blob.bytes();
        BlobUpload upload = repository(repository)
                .blobs()
                .startUpload(UploadOptions.of(blob.digest().algorithm()));
        if (inChunks) {
            int cut = schedule.choose(bytes.length);
            upload.append(0, BlobSource.of(Arrays.copyOf(bytes, cut)));
            upload.append(cut, BlobSource.of(Arrays.copyOfRange(bytes, cut, bytes.length)));
            upload.commit(blob.digest());
        } else {
            upload.commit(OptionalLong.empty(), BlobSource.of(bytes), blob.digest());
        }
        return true;
    }

    /** Begins an upload that nobody ends. */
    private void forget(RepositoryName repository) {
        try {
            repository(repository).blobs().startUpload().append(0, BlobSource.of(new byte[] {1, 2, 3}));
        } catch (RegistryException e) {
            requireUnavailable(e);
        }
    }

    private void tag(RepositoryName repository, Digest digest, Tag tag) {
        Operation operation = begin(Kind.PUT_TAG, repository, Optional.of(digest), Set.of(tag));
        TagCondition condition = schedule.choose(4) == 0 ? TagCondition.absent() : TagCondition.any();
        ask(operation, () -> {
            repository(repository).tags().put(tag, digest, condition);
            return true;
        });
    }

    private void delete(Kind kind, RepositoryName repository, Optional<Digest> digest, Set<Tag> tags) {
        Operation operation = begin(kind, repository, digest, tags);
        ask(operation, () -> switch (kind) {
            case DELETE_TAG ->
                repository(repository).tags().delete(tags.iterator().next());
            case DELETE_MANIFEST ->
                repository(repository).manifests().delete(digest.orElseThrow()).deleted();
            default -> repository(repository).blobs().delete(digest.orElseThrow());
        });
    }

    private Operation begin(Kind kind, RepositoryName repository, Optional<Digest> digest, Set<Tag> tags) {
        Operation operation = history.begin(kind, repository, digest, tags);
        life.doing = operation;
        return operation;
    }

    /** Returns whether it was done, or there was nothing to do. */
    private boolean ask(Operation operation, Request<Boolean> request) {
        Outcome outcome = Outcome.UNKNOWN;
        try {
            outcome = request.run() ? Outcome.ACKNOWLEDGED : Outcome.NOTHING_THERE;
        } catch (RegistryException e) {
            outcome = outcome(operation, e);
        } finally {
            history.end(operation, outcome);
            life.doing = null;
        }
        return operation.acknowledged();
    }

    private Outcome outcome(Operation operation, RegistryException e) {
        schedule.trace("told", () -> e.code().toString());
        if (e.code() == ErrorCode.MANIFEST_BLOB_UNKNOWN && operation.kind == Kind.PUT_MANIFEST) {
            e.errors().forEach(error -> requireUnconfirmed(operation, error));
            return Outcome.REFUSED;
        }
        if (operation.kind == Kind.PUT_TAG
                && (e.code() == ErrorCode.MANIFEST_UNKNOWN || e.code() == ErrorCode.PRECONDITION_FAILED)) {
            return Outcome.REFUSED;
        }
        requireUnavailable(e);
        return Outcome.UNKNOWN;
    }

    /** What was confirmed less than a grace period ago is still there, unless somebody has deleted it. */
    private void requireUnconfirmed(Operation operation, RegistryError error) {
        String digest = error.detail().get("digest");
        Confirmed last = confirmed.get(operation.repository + " " + digest);
        long grace = run.settings.grace().toNanos();
        if (last != null
                && schedule.nanoTime() < last.nanos + grace
                && history.deletions(operation.repository, Digest.parse(digest))
                        .noneMatch(deletion -> deletion.end > last.tick)) {
            throw new AssertionError("What was confirmed " + Duration.ofNanos(schedule.nanoTime() - last.nanos)
                    + " ago, with a grace period of " + run.settings.grace() + ", is refused: " + error);
        }
    }

    private static void requireUnavailable(RegistryException e) {
        if (e.code() != ErrorCode.UNAVAILABLE && e.code() != ErrorCode.BLOB_UPLOAD_UNKNOWN) {
            throw e;
        }
    }

    private Repository repository(RepositoryName name) {
        return registry.repository(name);
    }
}
