package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.Skopeo;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example {@code s3-cluster}: two registries over one bucket behind nginx. */
@UsesS3Gateway
@Tag("any-jdk")
class S3ClusterIT {
    private static final Pattern NODE = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+:\\d+");

    private static URI balancer;
    private static ChildProcess cluster;

    private final TestImage image = TestImage.random(1, 3, 300_000);

    @TempDir
    Path directory;

    @BeforeAll
    static void start(S3Bucket bucket) throws IOException {
        Programs.assumeInstalled("nginx");
        balancer = URI.create("http://127.0.0.1:" + freePort());
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("berth.s3-cluster"), "run").toString(),
                "--listen",
                balancer.getAuthority(),
                bucket.address());
        bucket.configure(BerthCommand.of()).applyEnvironment(builder);
        builder.environment().put("BERTH_JAR", System.getProperty("berth.jar"));
        builder.environment()
                .put(
                        "BERTH_JAVA_OPTIONS",
                        "-Xmx256m "
                                + String.join(
                                        " ",
                                        BerthCommand.serve(bucket.address()).serverOptions()));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        cluster = ChildProcess.start(builder);
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    /** Waits until the registries run and returns a client of each. */
    private static List<RegistryHttp> nodes() throws InterruptedException {
        String line = cluster.out().awaitLine("registries", text -> text.contains("behind"), ChildProcess.TIMEOUT);
        Matcher matcher = NODE.matcher(line.substring(line.indexOf(" store in ")));
        List<RegistryHttp> nodes = new ArrayList<>();
        while (matcher.find()) {
            nodes.add(new RegistryHttp(URI.create("http://" + matcher.group())));
        }
        return nodes;
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (cluster != null) {
            cluster.terminate();
            cluster.awaitExit();
            cluster.close();
        }
    }

    @Test
    void anImagePushedThroughTheBalancerIsServedByBothRegistries() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        List<RegistryHttp> nodes = nodes();
        assertThat(nodes).hasSize(2);
        OciLayout in = OciLayout.write(directory.resolve("in"), "it", image);
        OciLayout out = new OciLayout(directory.resolve("out"));
        Skopeo skopeo = new Skopeo(balancer.getAuthority(), directory);

        skopeo.copy("oci:" + in.directory() + ":it", skopeo.docker("team/app:1.0"));
        skopeo.copy(skopeo.docker("team/app:1.0"), "oci:" + out.directory() + ":it");

        out.expect(image);
        for (RegistryHttp node : nodes) {
            node.expectImage("team/app", "1.0", image);
        }
    }

    /** No state is bound to one registry: nginx distributes requests round-robin. */
    @Test
    void anUploadContinuesAtTheOtherRegistry() throws Exception {
        assertThat(nodes()).hasSize(2);
        RegistryHttp registry = new RegistryHttp(balancer);
        Content blob = image.layers().get(0);
        int half = blob.size() / 2;

        String location = registry.startUpload("team/upload");
        for (int from : new int[] {0, half}) {
            HttpResponse<byte[]> response = registry.send(
                    "PATCH",
                    location,
                    BodyPublishers.ofByteArray(blob.bytes(), from, from == 0 ? half : blob.size() - half),
                    "Content-Type",
                    "application/octet-stream");
            RegistryHttp.expect(202, response);
            location = RegistryHttp.location(response);
        }
        RegistryHttp.expect(
                201, registry.send("PUT", RegistryHttp.closing(location, blob.digest()), BodyPublishers.noBody()));
        registry.expectBlob("team/upload", blob, "sha256");

        Set<String> answeredBy = new TreeSet<>();
        for (String request : List.of("POST /v2", "PATCH /v2", "PUT /v2")) {
            String line = cluster.out()
                    .awaitLine(request, text -> text.contains('"' + request + "/team/upload/"), ChildProcess.TIMEOUT);
            answeredBy.add(line.substring(line.lastIndexOf(' ')));
        }
        assertThat(answeredBy).hasSize(2);
    }
}
