package dev.berth.examples.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import dev.berth.examples.standalone.programs.Programs;
import dev.berth.examples.standalone.programs.Skopeo;
import java.io.IOException;
import java.nio.file.Path;

/** Logs in and pushes an image with skopeo. */
final class ImagePusher {
    private final Path directory;
    private final OciLayout image;

    private ImagePusher(Path directory, OciLayout image) {
        this.directory = directory;
        this.image = image;
    }

    /** Skips the test where skopeo is not installed. */
    static ImagePusher create(Path directory) throws IOException {
        Programs.assumeInstalled("skopeo");
        return new ImagePusher(
                directory, OciLayout.write(directory.resolve("image"), "it", TestImage.random(1, 2, 1000)));
    }

    private Skopeo skopeo(BerthProcess berth) {
        return new Skopeo(berth.hostAndPort(), directory);
    }

    private Outcome tryLogin(BerthProcess berth, String user, String password)
            throws IOException, InterruptedException {
        return skopeo(berth).run("login", "--username", user, "--password", password, berth.hostAndPort());
    }

    void login(BerthProcess berth, String user, String password) throws IOException, InterruptedException {
        tryLogin(berth, user, password).successful();
    }

    void loginIsRefused(BerthProcess berth, String user, String password) throws IOException, InterruptedException {
        Outcome outcome = tryLogin(berth, user, password);
        assertThat(outcome.exitCode()).as(outcome.toString()).isNotZero();
        assertThat(outcome.err()).contains("invalid username/password");
    }

    private Outcome tryPush(BerthProcess berth, String image) throws IOException, InterruptedException {
        Skopeo skopeo = skopeo(berth);
        return skopeo.run(
                "copy", "--dest-tls-verify=false", "oci:" + this.image.directory() + ":it", skopeo.docker(image));
    }

    void push(BerthProcess berth, String image) throws IOException, InterruptedException {
        tryPush(berth, image).successful();
    }

    void isRefused(BerthProcess berth, String image) throws IOException, InterruptedException {
        Outcome outcome = tryPush(berth, image);
        assertThat(outcome.exitCode()).as(outcome.toString()).isNotZero();
        assertThat(outcome.err()).containsPattern("denied|StatusCode: 403");
    }
}
