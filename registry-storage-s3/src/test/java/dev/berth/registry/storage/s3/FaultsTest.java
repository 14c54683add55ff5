package dev.berth.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.StorageBusyException;
import dev.berth.registry.storage.s3.FaultyTransport.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3Client;

/** A service that throttles, and connections that break. */
@Tag("any-jdk")
class FaultsTest {
    private static final ObjectKey KEY = ObjectKey.of("faults/object");
    private static final ObjectKey STAGING = ObjectKey.of("staging/one");

    private interface Use {
        void of(S3ObjectStore store) throws IOException;
    }

    private static void with(int attempts, Function<SdkHttpRequest, Fault> faults, Use use) throws IOException {
        S3StorageOptions options = S3Proxy.get()
                .options(Gateway.newPrefix())
                .maxAttempts(attempts)
                .partBytes(5 * 1024 * 1024)
                .build();
        try (S3Client client = S3Clients.builder(options.settings())
                        .httpClientBuilder(null)
                        .httpClient(new FaultyTransport(faults))
                        .build();
                S3ObjectStore store = S3ObjectStore.over(client, options)) {
            use.of(store);
        }
    }

    @Test
    void everythingWorksWhenEveryThirdRequestIsThrottled() throws IOException {
        AtomicInteger number = new AtomicInteger();
        with(5, request -> number.incrementAndGet() % 3 == 0 ? Fault.THROTTLED : Fault.NONE, FaultsTest::useAll);
    }

    @Test
    void aChangeWhoseAnswerIsLostIsMadeOnceAndToldRightly() throws IOException {
        Set<String> seen = new HashSet<>();
        with(
                5,
                request -> request.method() != SdkHttpMethod.GET
                                && seen.add(request.method() + " " + request.getUri()
                                        + request.firstMatchingHeader("If-Match")
                                                .orElse(""))
                        ? Fault.ANSWER_LOST
                        : Fault.NONE,
                FaultsTest::useAll);
    }

    private static void useAll(S3ObjectStore store) throws IOException {
        ObjectVersion first =
                store.put(KEY, new byte[] {1}, PutCondition.ifAbsent()).orElseThrow();
        assertThat(store.put(KEY, new byte[] {9}, PutCondition.ifAbsent())).isEmpty();
        ObjectVersion second =
                store.put(KEY, new byte[] {2}, PutCondition.ifUnchanged(first)).orElseThrow();
        assertThat(store.put(KEY, new byte[] {9}, PutCondition.ifUnchanged(first)))
                .isEmpty();
        assertThat(store.stat(KEY).orElseThrow().version()).isEqualTo(second);
        byte[] content = new byte[6 * 1024 * 1024];
        ObjectKey target = ObjectKey.of("faults/uploaded");
        try (ObjectUpload upload = store.startUpload(STAGING)) {
            assertThat(upload.append(0, new ByteArrayInputStream(new byte[10]))).isEqualTo(10);
            assertThat(upload.append(10, new ByteArrayInputStream(content, 10, content.length - 10)))
                    .isEqualTo(content.length);
            upload.commit(target, content.length);
        }
        try (ObjectContent committed = store.open(target).orElseThrow()) {
            assertThat(committed.stream().readAllBytes()).hasSize(content.length);
        }
        ObjectKey written = ObjectKey.of("faults/written");
        assertThat(store.write(written, new ByteArrayInputStream(content), content.length))
                .isTrue();
        assertThat(store.stat(written).orElseThrow().size()).isEqualTo(content.length);
        store.mark(List.of(ObjectKey.of("faults/one"), ObjectKey.of("faults/two")));
        assertThat(store.deleteIfUnchanged(KEY, second)).isTrue();
        assertThat(store.list(ListRequest.tree(KeyPrefix.ROOT)).names())
                .containsExactly("faults/object", "faults/one", "faults/two", "faults/uploaded", "faults/written");
        store.deleteTree(KeyPrefix.of("faults/"));
        assertThat(store.list(ListRequest.tree(KeyPrefix.ROOT)).names()).isEmpty();
    }

    @Test
    void aServiceThatGoesOnThrottlingIsBusy() throws IOException {
        with(2, request -> Fault.THROTTLED, store -> {
            assertThatExceptionOfType(StorageBusyException.class)
                    .isThrownBy(() -> store.stat(KEY))
                    .withMessageContaining("faults/object")
                    .withMessageContaining("503")
                    .satisfies(busy -> assertThat(busy.retryAfter()).isPositive());
            assertThatExceptionOfType(StorageBusyException.class)
                    .isThrownBy(() -> store.put(KEY, new byte[1], PutCondition.ifAbsent()));
            assertThatExceptionOfType(StorageBusyException.class).isThrownBy(() -> store.startUpload(STAGING));
            assertThatExceptionOfType(StorageBusyException.class).isThrownBy(store::checkHealth);
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_CUT", "BODY_LOST", "ANSWER_SHORT"})
    void anAnswerInXmlThatIsCutOffIsAskedForAgain(Fault cut) throws IOException {
        AtomicInteger lists = new AtomicInteger();
        with(3, request -> isXml(request) && lists.incrementAndGet() % 2 == 1 ? cut : Fault.NONE, store -> {
            useAll(store);
            store.put(KEY, new byte[1], PutCondition.always());
            assertThat(store.list(ListRequest.tree(KeyPrefix.ROOT)).names()).containsExactly(KEY.value());
            store.deleteTree(KeyPrefix.ROOT);
            assertThat(store.list(ListRequest.tree(KeyPrefix.ROOT)).names()).isEmpty();
            store.dropLeftovers(KeyPrefix.ROOT, Duration.ofDays(1));
        });
        assertThat(lists).hasPositiveValue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ANSWER_CUT", "BODY_LOST", "ANSWER_SHORT"})
    void aServiceThatCutsEveryAnswerIsBusy(Fault cut) throws IOException {
        AtomicInteger lists = new AtomicInteger();
        with(3, request -> isXml(request) && lists.incrementAndGet() > 0 ? cut : Fault.NONE, store -> {
            store.put(KEY, new byte[1], PutCondition.always());
            assertThatExceptionOfType(StorageBusyException.class)
                    .isThrownBy(() -> store.list(ListRequest.tree(KeyPrefix.ROOT)));
            assertThat(lists).hasValueBetween(2, 10);
            assertThatExceptionOfType(StorageBusyException.class).isThrownBy(() -> store.deleteTree(KeyPrefix.ROOT));
        });
    }

    /** Answers to a listing, to a deletion of several objects, and about multipart uploads. */
    private static boolean isXml(SdkHttpRequest request) {
        return request.method() == SdkHttpMethod.POST
                || request.rawQueryParameters().containsKey("list-type")
                || request.rawQueryParameters().containsKey("uploads");
    }
}
