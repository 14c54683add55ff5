package dev.berth.examples.standalone.clients;

import dev.berth.examples.standalone.content.OciLayout;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.ChildProcess.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** skopeo, which copies from and to directories. */
final class SkopeoClient implements Client {
    private static final String TLS = "--tls-verify=false";

    private final ContainerTool skopeo;
    private final Path directory;

    SkopeoClient(Path directory) throws IOException {
        this.directory = directory;
        this.skopeo = new ContainerTool(
                ContainerTool.home(directory), "skopeo", "--insecure-policy", "--tmpdir", directory.toString());
        OciLayout.write(directory.resolve("image"), "it", TestImage.random(1, 2, 1000));
    }

    @Override
    public Outcome login(String host, String user, String password) throws IOException, InterruptedException {
        return skopeo.run("login", TLS, "--username", user, "--password", password, host);
    }

    @Override
    public Outcome logout(String host) throws IOException, InterruptedException {
        return skopeo.run("logout", host);
    }

    @Override
    public Outcome pull(String image) throws IOException, InterruptedException {
        Path target = Files.createTempDirectory(directory, "pulled");
        return skopeo.run("copy", "--src-" + TLS.substring(2), "docker://" + image, "dir:" + target);
    }

    @Override
    public Outcome push(String image) throws IOException, InterruptedException {
        return skopeo.run(
                "copy", "--dest-" + TLS.substring(2), "oci:" + directory.resolve("image") + ":it", "docker://" + image);
    }
}
