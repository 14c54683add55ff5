package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.Manifests;
import dev.berth.registry.MountSource;
import dev.berth.registry.PutOptions;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.Tags;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The objects themselves: views, identity, closing, interruption. */
abstract class RegistryObjectRules extends RegistryRules {
    private static final Tag TAG = tag("1");

    RegistryObjectRules(RegistryContract contract) {
        super(contract);
    }

    @Test
    void aViewOfARepositoryNeedsNoRepository() {
        RepositoryName name = freshName();
        Repository before = registry().repository(name);
        assertThat(before.name()).isEqualTo(name);
        Manifest image = putImage(registry().repository(name), TAG);
        assertHas(before, image, TAG);
    }

    @Test
    void aRepositoryCanBeNamedByText() {
        RepositoryName name = freshName();
        assertThat(registry().repository(name.value()).name()).isEqualTo(name);
        assertThatIllegalArgumentException().isThrownBy(() -> registry().repository("Not/A/Name"));
    }

    @Test
    void aRegistryThatWorksIsHealthy() {
        assertThatCode(() -> registry().checkHealth()).doesNotThrowAnyException();
        putImage(freshRepository(), TAG);
        assertThatCode(() -> registry().checkHealth()).doesNotThrowAnyException();
    }

    @Test
    void aRegistryKeepsItsIdentity() {
        assertThat(registry().identity()).isEqualTo(registry().identity());
    }

    @Test
    void whatHasTheSameIdentityHasTheSameRepositories() throws IOException {
        try (Registry elsewhere = openElsewhere()) {
            if (elsewhere.identity().equals(registry().identity())) {
                Repository repository = freshRepository();
                byte[] bytes = freshBytes(100);
                push(repository, bytes);
                assertHas(elsewhere.repository(repository.name()), Digest.sha256(bytes), bytes);
            }
        }
    }

    @Test
    void afterItWasClosedARegistryIsUnavailable() throws IOException {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(100);
        push(repository, bytes);
        Manifest image = putImage(repository, TAG);
        Registry closed = openElsewhere();
        Repository same = closed.repository(repository.name());
        assertHas(same, image, TAG);
        closed.close();
        closed.close();
        Digest digest = Digest.sha256(bytes);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> same.blobs().find(digest),
                () -> same.blobs().open(digest),
                () -> same.blobs().push(digest, BlobSource.of(bytes)),
                () -> same.blobs().startUpload(),
                () -> same.manifests().find(TAG),
                () -> same.manifests().get(image.digest()),
                () -> same.manifests().put(image, TAG),
                () -> same.manifests().referrers(image.digest()).toList(),
                () -> same.tags().list().toList(),
                () -> same.tags().put(TAG, image.digest()),
                () -> closed.repository(freshName()).tags().list().toList(),
                () -> closed.repositories().limit(1).toList(),
                closed::checkHealth)) {
            failure(ErrorCode.UNAVAILABLE, call);
        }
        assertHas(repository, image, TAG);
        assertHas(repository, digest, bytes);
    }

    @Test
    void aPushThatIsInterruptedEndsAndHarmsNobodyElse() throws Exception {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(300_000);
        Digest digest = Digest.sha256(bytes);
        UploadStreams.Gated slow = new UploadStreams.Gated(bytes, 150_000);
        FutureTask<ErrorCode> push = new FutureTask<>(() ->
                codeOf(() -> repository.blobs().push(digest, BlobSource.once(slow, bytes.length))));
        Thread pusher = new Thread(push, "pusher");
        pusher.start();
        slow.awaitReached();
        pusher.interrupt();
        assertThat(result(push)).isEqualTo(ErrorCode.UNAVAILABLE);
        assertLacks(repository, digest);
        push(repository, bytes);
        assertHas(repository, digest, bytes);
    }

    private static ErrorCode codeOf(Runnable call) {
        try {
            call.run();
            return null;
        } catch (RegistryException e) {
            return e.code();
        }
    }

    private static <T> T result(FutureTask<T> task) throws Exception {
        try {
            return task.get(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new AssertionError("The call failed in another way", e.getCause());
        }
    }

    /** Whether they end or fail is open; what they share must not be closed with them. */
    @Test
    void callsOfAnInterruptedThreadHarmNobodyElse() throws Exception {
        Repository repository = freshRepository();
        byte[] bytes = freshBytes(200_000);
        Digest digest = push(repository, bytes).digest();
        Manifest image = putImage(repository, TAG);
        BlobUpload upload = repository.blobs().startUpload();
        byte[] other = freshBytes(200_000);
        List<Runnable> calls = List.of(
                () -> repository.blobs().find(digest),
                () -> repository.blobs().open(digest).close(),
                () -> repository.blobs().push(Digest.sha256(other), BlobSource.of(other)),
                () -> repository.blobs().mount(digest, MountSource.any()),
                () -> upload.append(0, BlobSource.of(bytes)),
                () -> repository.manifests().get(TAG),
                () -> repository.manifests().put(image, TAG),
                () -> repository.tags().list().toList(),
                () -> repository.manifests().referrers(digest).toList());
        for (Runnable call : calls) {
            Racers.elsewhere(() -> {
                Thread.currentThread().interrupt();
                ErrorCode code = codeOf(call);
                assertThat(code).isIn(null, ErrorCode.UNAVAILABLE);
                return code;
            });
            assertHas(repository, digest, bytes);
            assertHas(repository, image, TAG);
        }
        UploadSteps.appendRest(upload, bytes);
        upload.commit(digest);
        push(repository, other);
        assertHas(repository, Digest.sha256(other), other);
        assertThat(repository.tags().list()).containsExactly(TAG);
    }

    @Test
    void noCallTakesNull() {
        Repository repository = freshRepository();
        Blobs blobs = repository.blobs();
        Manifests manifests = repository.manifests();
        Tags tags = repository.tags();
        Digest digest = Digest.sha256(freshBytes(10));
        BlobSource source = BlobSource.of(new byte[0]);
        Manifest image = imageIn(repository);
        Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
        calls.put("repository", () -> registry().repository((RepositoryName) null));
        calls.put("repository by its text", () -> registry().repository((String) null));
        calls.put("find a blob", () -> blobs.find(null));
        calls.put("open a blob", () -> blobs.open(null));
        calls.put("open a range", () -> blobs.open(digest, null));
        calls.put("push to a digest", () -> blobs.push(null, source));
        calls.put("push a source", () -> blobs.push(Digest.sha256(new byte[0]), null));
        calls.put("push a source of unknown digest", () -> blobs.push(null));
        calls.put("mount a blob", () -> blobs.mount(null, MountSource.any()));
        calls.put("mount from a source", () -> blobs.mount(digest, null));
        calls.put("start an upload", () -> blobs.startUpload(null));
        calls.put("resume an upload", () -> blobs.resumeUpload(null));
        calls.put("append to an upload", () -> blobs.startUpload().append(0, null));
        calls.put("commit an upload", () -> blobs.startUpload().commit(null));
        calls.put("delete a blob", () -> blobs.delete(null));
        calls.put("find a manifest", () -> manifests.find(null));
        calls.put("get a manifest", () -> manifests.get(null));
        calls.put("put a manifest", () -> manifests.put(null, PutOptions.untagged()));
        calls.put("put with options", () -> manifests.put(image, (PutOptions) null));
        calls.put("delete a manifest", () -> manifests.delete(null));
        calls.put("list referrers", () -> manifests.referrers(null));
        calls.put("filter referrers", () -> manifests.referrers(digest, null));
        calls.put("resolve a tag", () -> tags.resolve(null));
        calls.put("put a tag", () -> tags.put(null, digest));
        calls.put("put a tag on a manifest", () -> tags.put(TAG, null));
        calls.put("put a tag on a condition", () -> tags.put(TAG, digest, null));
        calls.put("delete a tag", () -> tags.delete(null));
        Cases.of(calls.keySet()).check(call -> assertThatNullPointerException().isThrownBy(calls.get(call)));
    }
}
