package dev.berth.registry.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;

/** What is said of encryption, storage class and checksums goes with every request that it concerns. */
class ObjectSettingsTest {
    private static final int PART = 5 * 1024 * 1024;
    private static final ObjectKey KEY = ObjectKey.of("settings/object");

    /** A request as it came: what it does, and its header fields in lower case. */
    private record Seen(String operation, Map<String, String> headers) {}

    private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
    private HttpServer service;

    /** Says yes to everything, and keeps nothing. */
    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.get(0)));
        String operation = operation(exchange, headers);
        seen.add(new Seen(operation, headers));
        String body = switch (operation) {
            case "list" ->
                "<ListBucketResult><Name>bucket</Name><IsTruncated>false</IsTruncated>" + "<Contents><Key>" + KEY
                        + "</Key></Contents></ListBucketResult>";
            case "begin" -> "<InitiateMultipartUploadResult><UploadId>1</UploadId></InitiateMultipartUploadResult>";
            case "complete" -> "<CompleteMultipartUploadResult><ETag>\"e\"</ETag></CompleteMultipartUploadResult>";
            case "copy" -> "<CopyObjectResult><ETag>\"e\"</ETag></CopyObjectResult>";
            case "copy part" -> "<CopyPartResult><ETag>\"e\"</ETag></CopyPartResult>";
            case "delete" -> "<DeleteResult/>";
            default -> "";
        };
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("ETag", "\"e\"");
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String operation(HttpExchange exchange, Map<String, String> headers) {
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        boolean copies = headers.containsKey("x-amz-copy-source");
        return switch (exchange.getRequestMethod()) {
            case "GET" -> "list";
            case "POST" -> query.startsWith("uploads") ? "begin" : query.startsWith("delete") ? "delete" : "complete";
            default -> (copies ? "copy" : "put") + (query.contains("partNumber") ? " part" : "");
        };
    }

    private S3StorageOptions.Builder options() {
        return S3StorageOptions.builder("bucket")
                .endpoint(URI.create("http://127.0.0.1:" + service.getAddress().getPort()))
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "secret")))
                .partBytes(PART);
    }

    /** Makes objects in every way there is. */
    private List<Seen> writeAll(S3StorageOptions options) throws IOException {
        try (S3ObjectStore store = S3ObjectStore.open(options)) {
            store.put(KEY, new byte[1], PutCondition.always());
            store.put(KEY, new byte[1], PutCondition.ifAbsent());
            store.put(KEY, new byte[1], PutCondition.ifUnchanged(new ObjectVersion("e")));
            store.mark(List.of(KEY));
            store.write(KEY, new ByteArrayInputStream(new byte[10]), 10);
            store.write(KEY, new ByteArrayInputStream(new byte[PART + 1]), PART + 1);
            for (int parts = 1; parts <= 2; parts++) {
                try (ObjectUpload upload = store.startUpload(ObjectKey.of("staging/" + parts))) {
                    for (int part = 0; part < parts; part++) {
                        upload.append((long) part * PART, new ByteArrayInputStream(new byte[PART]));
                    }
                    upload.commit(KEY, (long) parts * PART);
                }
            }
            store.deleteTree(KeyPrefix.of("settings/"));
        }
        List<Seen> all = List.copyOf(seen);
        seen.clear();
        return all;
    }

    private static List<Seen> only(List<Seen> all, String... operations) {
        List<String> wanted = List.of(operations);
        List<Seen> found =
                all.stream().filter(one -> wanted.contains(one.operation())).toList();
        assertThat(found.stream().map(Seen::operation).distinct()).containsExactlyInAnyOrderElementsOf(wanted);
        return found;
    }

    @Test
    void everyNewObjectIsEncryptedAndOfTheClassThatIsWanted() throws IOException {
        List<Seen> all = writeAll(options()
                .encryptedWithKmsKey("the-key")
                .storageClass("STANDARD_IA")
                .build());
        assertThat(only(all, "put", "begin", "copy"))
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("x-amz-server-side-encryption", "aws:kms")
                        .containsEntry("x-amz-server-side-encryption-aws-kms-key-id", "the-key")
                        .containsEntry("x-amz-storage-class", "STANDARD_IA"));
    }

    @Test
    void withoutAKeyTheServiceUsesItsOwn() throws IOException {
        List<Seen> all = writeAll(options().encrypted().build());
        assertThat(only(all, "put", "begin", "copy"))
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("x-amz-server-side-encryption", "AES256")
                        .doesNotContainKey("x-amz-server-side-encryption-aws-kms-key-id"));
    }

    @Test
    void nothingIsSaidOfWhatIsNotSet() throws IOException {
        List<Seen> all = writeAll(options().build());
        assertThat(only(all, "put", "begin", "copy"))
                .allSatisfy(request -> assertThat(request.headers())
                        .doesNotContainKeys("x-amz-server-side-encryption", "x-amz-storage-class"));
    }

    private static final Predicate<Seen> HAS_CRC32 =
            request -> request.headers().containsKey("x-amz-checksum-crc32")
                    || "x-amz-checksum-crc32".equals(request.headers().get("x-amz-trailer"));

    @Test
    void contentHasAChecksumUnlessTheServiceCannotTakeIt() throws IOException {
        assertThat(only(writeAll(options().build()), "put", "put part")).allMatch(HAS_CRC32);
        assertThat(only(writeAll(options().checksums(S3Checksums.CRC32).build()), "put", "put part"))
                .allMatch(HAS_CRC32);
        assertThat(only(
                        writeAll(options()
                                .checksums(S3Checksums.ONLY_WHERE_REQUIRED)
                                .build()),
                        "put",
                        "put part"))
                .noneMatch(HAS_CRC32);
        List<Seen> old =
                writeAll(options().checksums(S3Checksums.MD5_WHERE_REQUIRED).build());
        assertThat(only(old, "put", "put part")).noneMatch(HAS_CRC32);
        assertThat(only(old, "delete"))
                .allSatisfy(request -> assertThat(request.headers()).containsKey("content-md5"));
    }

    @Test
    void whatTheSdkFindsCountsWhereNothingElseIsSet() throws IOException {
        String property = SdkSystemSetting.AWS_REQUEST_CHECKSUM_CALCULATION.property();
        System.setProperty(property, "when_required");
        try {
            assertThat(only(writeAll(options().build()), "put", "put part")).noneMatch(HAS_CRC32);
            assertThat(only(writeAll(options().checksums(S3Checksums.CRC32).build()), "put", "put part"))
                    .allMatch(HAS_CRC32);
        } finally {
            System.clearProperty(property);
        }
    }
}
