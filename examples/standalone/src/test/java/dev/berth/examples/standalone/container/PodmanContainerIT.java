package dev.berth.examples.standalone.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.Podman;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** podman runs the image as it runs {@code registry:2}. */
@Tag("any-jdk")
class PodmanContainerIT {
    @TempDir
    Path directory;

    @Test
    void whatIsPushedIsThereAfterARestart() throws IOException, InterruptedException {
        BuiltImage image = BuiltImage.find();
        // Rules of iptables need no program of their own.
        Podman podman = Podman.in(directory).with("NETAVARK_FW", "iptables");
        Path storage = BuiltImage.owned(directory.resolve("registry"));
        String host = "127.0.0.1:" + freePort();
        podman.run("load", "--input", image.archive().toString());
        try {
            podman.run(
                    "run",
                    "--detach",
                    "--name=berth",
                    "--read-only",
                    "--publish=" + host + ":5000",
                    "--volume=" + storage + ":/var/lib/registry",
                    image.name());
            awaitReady(podman, 1);
            podman.run("push", "--tls-verify=false", image.name(), host + "/team/berth:1");

            podman.run("stop", "--time=60", "berth");
            assertThat(podman.tryRun("inspect", "--format={{.State.ExitCode}}", "berth")
                            .out()
                            .strip())
                    .isIn("0", "143");
            podman.run("start", "berth");
            awaitReady(podman, 2);

            podman.run("pull", "--tls-verify=false", host + "/team/berth:1");
            assertThat(Files.getAttribute(storage.resolve("docker"), "unix:uid"))
                    .isEqualTo(BuiltImage.USER);
        } finally {
            podman.tryRun("rm", "--force", "berth");
            podman.tryRun("rmi", "--all", "--force");
        }
    }

    /** Waits until the registry has started so many times. */
    private static void awaitReady(Podman podman, int starts) throws IOException, InterruptedException {
        long end = System.nanoTime() + ChildProcess.TIMEOUT.toNanos();
        while (System.nanoTime() - end < 0) {
            ChildProcess.Outcome logs = podman.tryRun("logs", "berth");
            if (logs.out().split("Berth listens on", -1).length > starts) {
                return;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("The container does not listen: " + podman.tryRun("logs", "berth"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
