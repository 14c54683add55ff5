package dev.berth.examples.standalone.programs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A Debian root file system, from the package mirror of this machine: about 100 MB compressed. */
public final class Debian {
    private Debian() {}

    /** Builds a tar of a minimal Debian, in a minute or two. Skips the test if a required program is missing. */
    public static Path rootFileSystem(Path directory) throws IOException, InterruptedException {
        Programs.assumeInstalled("debootstrap", "apt-get", "tar");
        Path root = directory.resolve("rootfs");
        Path tar = directory.resolve("rootfs.tar");
        ChildProcess.run(
                        List.of(Programs.path("debootstrap"), "--variant=minbase", "trixie", root.toString(), mirror()))
                .successful();
        ChildProcess.run(List.of(Programs.path("tar"), "--create", "--file=" + tar, "--directory=" + root, "."))
                .successful();
        // JUnit would log a warning for each symbolic link.
        ChildProcess.run(List.of(Programs.path("rm"), "-r", "--one-file-system", root.toString()))
                .successful();
        return tar;
    }

    private static String mirror() throws IOException, InterruptedException {
        return ChildProcess.run(List.of(
                        Programs.path("apt-get"),
                        "indextargets",
                        "--format",
                        "$(REPO_URI)",
                        "Created-By: Packages",
                        "Codename: trixie"))
                .successful()
                .out()
                .lines()
                .findFirst()
                .orElseThrow(() -> new AssertionError("apt has no source of trixie"));
    }
}
