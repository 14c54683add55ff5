package dev.berth.examples.standalone.scan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.examples.standalone.content.TarArchive;
import dev.berth.examples.standalone.content.TestImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An image of a small Debian with a program of Node.js, and what is known against it. */
public final class KnownWorld {
    public static final String CRITICAL = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H";
    public static final String HIGH = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H";
    public static final String MEDIUM = "CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    public KnownWorld(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    public Path directory() {
        return directory;
    }

    public static TestImage image() {
        return image(TestImage.machine(), "3.0.11-1~deb12u1");
    }

    public static TestImage image(String architecture, String openssl) {
        TarArchive system = new TarArchive()
                .file(
                        "etc/os-release",
                        bytes("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nVERSION_ID=\"12\"\nID=debian\n"))
                .file(
                        "var/lib/dpkg/status",
                        bytes(deb("libssl3", openssl, "openssl")
                                + deb("openssl", openssl, "")
                                + deb("zlib1g", "1:1.2.13.dfsg-1", "zlib")
                                + deb("tar", "1.34+dfsg-1.2", "")));
        TarArchive program = new TarArchive()
                .file(
                        "srv/app/node_modules/lodash/package.json",
                        bytes("{\"name\":\"lodash\",\"version\":\"4.17.11\"}"));
        return TestImage.ofLayers(List.of(system, program), architecture);
    }

    private static String deb(String name, String version, String source) {
        return "Package: " + name + "\nStatus: install ok installed\nVersion: " + version + "\nArchitecture: amd64\n"
                + (source.isEmpty() ? "" : "Source: " + source + "\n") + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Publishes what is known of the image. */
    public KnownWorld publish() throws IOException {
        return publish("CVE-2026-0001", "Debian:12", "openssl", "3.0.13-1", HIGH, "Long keys may be very slow to check")
                .publish("CVE-2026-0002", "Debian:12", "openssl", "", MEDIUM, "A side channel of ECDSA")
                .publish("CVE-2026-0003", "Debian:12", "zlib", "", CRITICAL, "Integer overflow in MiniZip")
                .publish("GHSA-p6mc-m468-83gw", "npm", "lodash", "4.17.20", HIGH, "Prototype pollution in lodash");
    }

    /**
     * Publishes an advisory.
     *
     * @param fixed the version with its fix; empty if there is none
     */
    public KnownWorld publish(String id, String ecosystem, String name, String fixed, String vector, String summary)
            throws IOException {
        ObjectNode advisory = JSON.createObjectNode();
        advisory.put("schema_version", "1.6.0");
        advisory.put("id", id);
        advisory.put("modified", "2026-11-20T08:00:00Z");
        advisory.put("summary", summary);
        advisory.putArray("severity").addObject().put("type", "CVSS_V3").put("score", vector);
        ObjectNode affected = advisory.putArray("affected").addObject();
        affected.putObject("package").put("ecosystem", ecosystem).put("name", name);
        var events =
                affected.putArray("ranges").addObject().put("type", "ECOSYSTEM").putArray("events");
        events.addObject().put("introduced", "0");
        if (!fixed.isEmpty()) {
            events.addObject().put("fixed", fixed);
        }
        JSON.writeValue(directory.resolve(id + ".json").toFile(), advisory);
        return this;
    }
}
