package dev.berth.registry.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.client.fixtures.Content;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.client.fixtures.ServedRegistry;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.server.RegistryHandler;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tag that stands in for the referrers API, also when several clients write it at the same time. */
@Timeout(180)
final class FallbackReferrersTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");

    /** The registry of somebody who has not heard of referrers: no API, and no word about subjects. */
    private static RegistryResponse withoutReferrers(RegistryRequest request, RegistryHandler next) throws IOException {
        if (request.path().contains("/referrers/")) {
            return RegistryResponse.builder(404).build();
        }
        RegistryResponse answer = next.handle(request);
        return answer.withHeaders(
                answer.headers().toBuilder().remove("OCI-Subject").build());
    }

    private static Tag fallback(Manifest subject) {
        return Tag.parse("sha256-" + subject.digest().hex());
    }

    /** Several clients, each with several threads, push artifacts about the same image. */
    private static void pushFromEverywhere(String address, int clients, int artifacts, Duration settling)
            throws Exception {
        Backoff backoff = new Backoff(
                duration -> TimeUnit.NANOSECONDS.sleep(Math.max(duration.toNanos(), settling.toNanos())), () -> 1);
        ExecutorService threads = Executors.newCachedThreadPool();
        List<RemoteRegistry> registries = new ArrayList<>();
        try {
            for (int i = 0; i < clients; i++) {
                registries.add(RemoteRegistry.at(
                        address, RemoteOptions.builder().backoff(backoff).build()));
            }
            Repository first = registries.get(0).repository(NAME);
            Manifest image = Content.image(first, 1);
            first.manifests().put(image, Tag.parse("1"));
            List<Digest> expected = new ArrayList<>();
            List<Future<?>> pushes = new ArrayList<>();
            for (RemoteRegistry registry : registries) {
                for (int i = 0; i < artifacts; i++) {
                    Repository repository = registry.repository(NAME);
                    Manifest artifact = Content.artifact(repository, image, "note " + expected.size());
                    expected.add(artifact.digest());
                    pushes.add(threads.submit(() -> repository.manifests().put(artifact)));
                }
            }
            for (Future<?> push : pushes) {
                push.get();
            }

            assertThat(first.manifests().referrers(image.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            registries.forEach(RemoteRegistry::close);
            threads.shutdownNow();
        }
    }

    @Test
    void losesNoReferrerWhereTheRegistryKeepsConditions() throws Exception {
        try (ServedRegistry server = new ServedRegistry().filter(FallbackReferrersTest::withoutReferrers)) {
            pushFromEverywhere(server.address(), 4, 5, Duration.ZERO);
        }
    }

    /** Both clients read the list, one writes it, then the other one: the first has to notice that its entry is gone. */
    @Test
    void writesAnEntryAgainThatAnotherWriterHasOverwritten() throws Exception {
        CountDownLatch bothHaveRead = new CountDownLatch(2);
        CountDownLatch firstHasWritten = new CountDownLatch(1);
        CountDownLatch secondHasWritten = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        try (ServedRegistry server = new ServedRegistry().filter(FallbackReferrersTest::withoutReferrers);
                RemoteRegistry first = connect(server, "first", secondHasWritten);
                RemoteRegistry second = connect(server, "second", new CountDownLatch(0))) {
            Repository repository = first.repository(NAME);
            Manifest image = Content.image(repository, 7);
            repository.manifests().put(image);
            Manifest one = Content.artifact(repository, image, "one");
            Manifest two = Content.artifact(repository, image, "two");
            server.filter((request, next) -> {
                if (!request.path().endsWith("/" + fallback(image))) {
                    return withoutReferrers(request, next);
                }
                boolean ofFirst = request.header("User-Agent").orElse("").equals("first");
                boolean put = request.method().equals("PUT");
                if (put && !ofFirst) {
                    await(firstHasWritten);
                }
                RegistryResponse answer = withoutReferrers(
                        request.toBuilder()
                                .removeHeader("If-Match")
                                .removeHeader("If-None-Match")
                                .build(),
                        next);
                if (put) {
                    (ofFirst ? firstHasWritten : secondHasWritten).countDown();
                } else {
                    bothHaveRead.countDown();
                    await(bothHaveRead);
                }
                return answer;
            });

            Future<?> push = threads.submit(() -> repository.manifests().put(one));
            second.repository(NAME).manifests().put(two);
            push.get();

            assertThat(repository.manifests().referrers(image.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactlyInAnyOrder(one.digest(), two.digest());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns a client that looks again after its writes once something has happened. */
    private static RemoteRegistry connect(ServedRegistry server, String name, CountDownLatch happened) {
        return RemoteRegistry.at(
                server.address(),
                RemoteOptions.builder()
                        .userAgent(name)
                        .backoff(new Backoff(duration -> happened.await(), () -> 1))
                        .build());
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void losesNoReferrerInDockersRegistry(@TempDir Path directory) throws Exception {
        try (DockerRegistry docker = DockerRegistry.start(directory)) {
            // Nothing in it keeps writers apart, so nobody may be held up for longer than this.
            pushFromEverywhere(docker.address(), 3, 2, Duration.ofSeconds(1));
        }
    }

    /** Docker's registry answers 500 for a tag that it is just writing. */
    @Test
    void triesAgainWhereTheRegistryFailsWhileOthersWrite() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        try (ServedRegistry server = new ServedRegistry()
                .filter((request, next) ->
                        request.path().contains("/manifests/sha256-") && failures.incrementAndGet() % 3 == 1
                                ? RegistryResponse.builder(500).build()
                                : withoutReferrers(request, next))) {
            pushFromEverywhere(server.address(), 1, 3, Duration.ZERO);
        }
        assertThat(failures).hasValueGreaterThan(3);
    }

    @Test
    void doesNotBelieveARegistryThatOnlySaysThatItHasReferrers() throws Exception {
        try (ServedRegistry server = new ServedRegistry()
                        .filter((request, next) -> request.path().contains("/referrers/")
                                ? RegistryResponse.builder(404).build()
                                : next.handle(request));
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            Repository repository = registry.repository(NAME);
            Manifest image = Content.image(repository, 2);
            repository.manifests().put(image);
            Manifest artifact = Content.artifact(repository, image, "note");
            repository.manifests().put(artifact);

            assertThat(repository.tags().list()).containsExactly(fallback(image));
            assertThat(repository.manifests().referrers(image.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactly(artifact.digest());
        }
    }

    @Test
    void writesNoTagWhereTheRegistryHasReferrers() throws Exception {
        try (ServedRegistry server = new ServedRegistry();
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            Repository repository = registry.repository(NAME);
            Manifest image = Content.image(repository, 3);
            repository.manifests().put(image, Tag.parse("1"));
            repository.manifests().put(Content.artifact(repository, image, "note"));

            assertThat(repository.tags().list()).containsExactly(Tag.parse("1"));
            assertThat(repository.manifests().referrers(image.digest())).hasSize(1);
        }
    }

    @Test
    void keepsWhatOthersHaveWrittenIntoTheTag() throws Exception {
        try (ServedRegistry server = new ServedRegistry().filter(FallbackReferrersTest::withoutReferrers);
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            Repository repository = registry.repository(NAME);
            Manifest image = Content.image(repository, 4);
            repository.manifests().put(image);
            Manifest other = Content.image(repository, 5);
            repository.manifests().put(other);
            repository
                    .manifests()
                    .put(ImageIndex.of(List.of(other.descriptor())).toManifest(), fallback(image));

            Manifest artifact = Content.artifact(repository, image, "note");
            repository.manifests().put(artifact);
            assertThat(repository.manifests().referrers(image.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactlyInAnyOrder(other.digest(), artifact.digest());

            repository.manifests().delete(artifact.digest());
            assertThat(repository.manifests().referrers(image.digest()))
                    .extracting(Descriptor::digest)
                    .containsExactly(other.digest());
        }
    }

    @Test
    void overwritesNothingElseUnderTheTag() throws Exception {
        try (ServedRegistry server = new ServedRegistry().filter(FallbackReferrersTest::withoutReferrers);
                RemoteRegistry registry = RemoteRegistry.at(server.address())) {
            Repository repository = registry.repository(NAME);
            Manifest image = Content.image(repository, 6);
            repository.manifests().put(image, fallback(image));
            assertThat(image.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);

            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> repository.manifests().put(Content.artifact(repository, image, "note")))
                    .matches(e -> e.code() == ErrorCode.MANIFEST_INVALID)
                    .withMessageContaining(fallback(image).toString());

            assertThat(repository.manifests().get(fallback(image))).isEqualTo(image);
        }
    }
}
