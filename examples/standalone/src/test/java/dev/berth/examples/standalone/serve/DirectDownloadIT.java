package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.Skopeo;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redirects of blob pulls to the bucket. */
@UsesS3Gateway
@Tag("any-jdk")
class DirectDownloadIT {
    private final S3Bucket bucket;
    private final TestImage image = TestImage.random(1, 3, 300_000);
    private final Content layer = image.layers().get(0);
    private final String path = "/v2/team/app/blobs/" + layer.digest();

    @TempDir
    Path directory;

    DirectDownloadIT(S3Bucket bucket) {
        this.bucket = bucket;
    }

    private BerthCommand serve() {
        return bucket.serve().with("REGISTRY_STORAGE_REDIRECT_DISABLE", "false");
    }

    @Test
    void pullsOfBlobsAndRangesAreRedirectedToTheBucket() throws IOException, InterruptedException {
        try (BerthProcess berth = serve().start()) {
            berth.http().pushImage("team/app", "1.0", image);
            RegistryHttp following = new RegistryHttp(
                    berth.address(), HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL));

            HttpResponse<byte[]> redirect = berth.http().get(path);
            RegistryHttp.expect(307, redirect);
            assertThat(redirect.headers().firstValue("Location").orElseThrow())
                    .startsWith(bucket.endpoint() + "/" + bucket.name() + "/");
            following.expectBlob("team/app", layer, "sha256");
            HttpResponse<byte[]> part = following.send(
                    "GET", path, java.net.http.HttpRequest.BodyPublishers.noBody(), "Range", "bytes=10-99");
            RegistryHttp.expect(206, part);
            assertThat(part.body()).isEqualTo(Arrays.copyOfRange(layer.bytes(), 10, 100));
            RegistryHttp.expect(200, berth.http().head(path));
            berth.http().expectManifest("team/app", "1.0", image.manifest());
        }
    }

    @Test
    void redirectsUseTheConfiguredPublicEndpoint() throws IOException, InterruptedException {
        String outside = "https://images.example.com";
        try (BerthProcess berth =
                serve().with("REGISTRY_STORAGE_S3_REDIRECTENDPOINT", outside).start()) {
            berth.http().pushImage("team/app", "1.0", image);

            URI location = URI.create(
                    berth.http().get(path).headers().firstValue("Location").orElseThrow());

            assertThat(location).hasScheme("https").hasHost("images.example.com");
            assertThat(location.getPath()).startsWith("/" + bucket.name() + "/");
        }
    }

    @Test
    void pullsAreNotRedirectedByDefault() throws IOException, InterruptedException {
        try (BerthProcess berth = bucket.serve().start()) {
            berth.http().pushImage("team/app", "1.0", image);

            berth.http().expectImage("team/app", "1.0", image);
        }
    }

    @Test
    void skopeoFollowsTheRedirect() throws IOException, InterruptedException {
        Programs.assumeInstalled("skopeo");
        OciLayout in = OciLayout.write(directory.resolve("in"), "it", image);
        OciLayout out = new OciLayout(directory.resolve("out"));
        try (BerthProcess berth = serve().start()) {
            Skopeo skopeo = new Skopeo(berth.hostAndPort(), directory);

            skopeo.copy("oci:" + in.directory() + ":it", skopeo.docker("team/app:1.0"));
            skopeo.copy(skopeo.docker("team/app:1.0"), "oci:" + out.directory() + ":it");

            out.expect(image);
        }
    }
}
