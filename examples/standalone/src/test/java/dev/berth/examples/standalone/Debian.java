package dev.berth.examples.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A whole Debian, from the mirror that this machine gets its own packages from: about 100 MB when compressed. */
final class Debian {
    private Debian() {}

    /** Makes a tar of the smallest Debian; takes a minute or two. Skips the test where a program for it is missing. */
    static Path rootFileSystem(Path directory) throws IOException, InterruptedException {
        Programs.assumeInstalled("debootstrap", "apt-get", "tar");
        Path root = directory.resolve("rootfs");
        Path tar = directory.resolve("rootfs.tar");
        ChildProcess.run(
                        List.of(Programs.path("debootstrap"), "--variant=minbase", "trixie", root.toString(), mirror()))
                .successful();
        ChildProcess.run(List.of(Programs.path("tar"), "--create", "--file=" + tar, "--directory=" + root, "."))
                .successful();
        // JUnit would warn of each of its links.
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
