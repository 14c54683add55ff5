package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Ceph's S3 gateway: the one that the environment names, or else a private one, started by {@code .ci/radosgw}. It has two
 * users. The reader has no access to the buckets of the writer unless it is granted.
 */
public final class S3Gateway implements AutoCloseable {
    static final String LOCK = "S3 gateway";

    private static final String PREFIX = "BERTH_TEST_S3_";
    private static final String DIRECTORY = PREFIX + "DIRECTORY";
    private static final Pattern VARIABLE = Pattern.compile("export (" + PREFIX + "\\w*)=(.*)");

    private final Map<String, String> variables;
    private final boolean ours;
    private final S3Client client;

    private S3Gateway(Map<String, String> variables, boolean ours) {
        this.variables = Map.copyOf(variables);
        this.ours = ours;
        this.client = client(writer());
    }

    /** Skips the test if Ceph is not installed. */
    public static void assumeInstalled() {
        if (System.getenv(DIRECTORY) == null) {
            Programs.assumeInstalled("radosgw", "ceph-mon", "ceph-osd");
        }
    }

    public static S3Gateway open() throws IOException, InterruptedException {
        if (System.getenv(DIRECTORY) != null) {
            return new S3Gateway(System.getenv(), false);
        }
        Map<String, String> variables = new HashMap<>();
        // Not below the build directory: the paths of sockets are limited.
        Path directory = Files.createTempDirectory("gw");
        for (String line : script("start", "0", directory.toString()).out().split("\n")) {
            Matcher matcher = VARIABLE.matcher(line);
            if (matcher.matches()) {
                variables.put(matcher.group(1), matcher.group(2));
            }
        }
        return new S3Gateway(variables, true);
    }

    private static ChildProcess.Outcome script(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(System.getProperty("berth.radosgw")));
        command.addAll(Arrays.asList(arguments));
        return ChildProcess.run(command).successful();
    }

    private String directory() {
        return variables.get(DIRECTORY);
    }

    public URI endpoint() {
        return URI.create(variables.get(PREFIX + "ENDPOINT"));
    }

    /** The credentials of the owner of all buckets. */
    public AccessKey writer() {
        return key("");
    }

    /** The credentials of a user without access. */
    public AccessKey reader() {
        return key("READER_");
    }

    private AccessKey key(String user) {
        return new AccessKey(variables.get(PREFIX + user + "ACCESS_KEY"), variables.get(PREFIX + user + "SECRET_KEY"));
    }

    /** An access key and its secret. */
    public record AccessKey(String id, String secret) {}

    private S3Client client(AccessKey key) {
        return S3Client.builder()
                .endpointOverride(endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(key.id(), key.secret())))
                .httpClient(Apache5HttpClient.create())
                .build();
    }

    /** A client with the credentials of the writer. */
    public S3Client client() {
        return client;
    }

    /** Kills the gateway. */
    public void kill() throws IOException, InterruptedException {
        script("stop-gateway", directory());
    }

    /** Restarts the gateway. */
    public void start() throws IOException, InterruptedException {
        script("start-gateway", directory());
    }

    @Override
    public void close() throws IOException, InterruptedException {
        client.close();
        if (ours) {
            script("stop", directory());
        }
    }
}
