package dev.berth.registry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Registry;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.UploadOptions;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.client.fixtures.DockerRegistry;
import dev.berth.registry.fixtures.SampleImages;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After the same requests, Docker's registry shows no series that ours does not show. */
class DockerRegistryMetricsTest {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z0-9_:]+)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What ours does not have, and why. */
    private static final List<String> LEFT_OUT = List.of(
            // Of the runtime of Go. The JVM's are jvm_….
            "go_",
            // Of Prometheus' library for Go.
            "promhttp_",
            // Of the whole machine, not of the process, in spite of the name.
            "process_network_",
            // A limit on addresses, which says nothing of a JVM.
            "process_virtual_memory_max_bytes");

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void everySeriesOfDockersRegistryIsHere() throws Exception {
        int debugPort;
        try (ServerSocket free = new ServerSocket(0)) {
            debugPort = free.getLocalPort();
        }
        Set<String> theirs;
        try (DockerRegistry docker = DockerRegistry.start(
                directory,
                "REGISTRY_HTTP_DEBUG_ADDR=127.0.0.1:" + debugPort,
                "REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED=true",
                "REGISTRY_STORAGE_CACHE_BLOBDESCRIPTOR=inmemory")) {
            use(URI.create("http://" + docker.address() + "/"));
            theirs = series(URI.create("http://127.0.0.1:" + debugPort + "/metrics"));
        }
        Set<String> ours;
        try (EveryMetric every = new EveryMetric()) {
            use(every.server.uri());
            ours = series(every.debug.uri().resolve("/metrics"));
        }

        assertThat(theirs).anyMatch(name -> name.startsWith("registry_http_requests_total"));
        assertThat(theirs).anyMatch(name -> name.startsWith("registry_storage_action_seconds_bucket"));
        theirs.removeIf(name -> LEFT_OUT.stream().anyMatch(name::startsWith));
        // The driver is another one, and so are some of its actions: the URL is asked for only where there is one.
        theirs.removeIf(name -> name.contains("action=\"URLFor\""));
        theirs.removeAll(ours);
        assertThat(theirs).isEmpty();
    }

    private static void use(URI uri) throws Exception {
        try (Registry registry = RemoteRegistry.at("http://" + uri.getAuthority())) {
            Repository repository = registry.repository(RepositoryName.parse("team/app"));
            Manifest image = new SampleImages(1).image(repository, List.of(100, 5000), Tag.parse("1"));
            repository.manifests().get(Tag.parse("1"));
            repository.manifests().find(image.digest());
            Digest layer = Digest.sha256(new byte[] {1});
            repository.blobs().push(layer, BlobSource.of(new byte[] {1}));
            SampleImages.read(repository, layer);
            uploadInParts(repository);
            repository.blobs().find(layer);
            repository.tags().list().forEach(tag -> {});
            registry.repositories().forEach(name -> {});
            repository.blobs().delete(layer);
            repository.blobs().find(layer);
            repository.manifests().delete(image.digest());
        }
    }

    private static void uploadInParts(Repository repository) {
        byte[] part = new byte[100_000];
        try (BlobUpload upload = repository.blobs().startUpload(UploadOptions.defaults())) {
            upload.append(0, BlobSource.of(part));
            upload.append(part.length, BlobSource.of(part));
            upload.commit(Digest.sha256(new byte[2 * part.length]));
        }
    }

    /** Returns name, names of labels, and the values of those that mean the same in both, of each series. */
    private Set<String> series(URI uri) throws Exception {
        String text = client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return text.lines()
                .filter(line -> !line.startsWith("#"))
                .map(DockerRegistryMetricsTest::series)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String series(String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        if (sample.group(2) == null) {
            return sample.group(1);
        }
        return LABEL.matcher(sample.group(2))
                .results()
                .map(label -> label.group(1).equals("driver") ? "driver" : label.group())
                .sorted()
                .collect(Collectors.joining(",", sample.group(1) + "{", "}"));
    }
}
