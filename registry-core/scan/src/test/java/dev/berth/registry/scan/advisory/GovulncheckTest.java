package dev.berth.registry.scan.advisory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.fixtures.Programs;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Go's own program finds the same as the scanner in a program that Go has built, with real advisories of its database. The
 * modules are made here: their names and versions count, not what is in them. Nothing is downloaded.
 */
@Tag("any-jdk")
class GovulncheckTest {
    /** Versions that some advisories of the sample are about, and some are not. */
    private static final Map<String, String> MODULES = modules();

    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    private Path dir;

    private static Map<String, String> modules() {
        Map<String, String> modules = new LinkedHashMap<>();
        modules.put("golang.org/x/text", "v0.3.5");
        modules.put("golang.org/x/net", "v0.0.0-20211015210444-4f30a5c0130f");
        modules.put("golang.org/x/crypto", "v0.17.0");
        modules.put("golang.org/x/image", "v0.5.0");
        modules.put("github.com/dgrijalva/jwt-go", "v3.2.0+incompatible");
        modules.put("github.com/golang-jwt/jwt/v4", "v4.5.0");
        modules.put("github.com/opencontainers/runc", "v1.0.0-rc6");
        modules.put("github.com/containerd/containerd", "v1.4.11");
        modules.put("github.com/gin-gonic/gin", "v1.7.7");
        modules.put("github.com/traefik/traefik/v2", "v2.9.1");
        modules.put("gopkg.in/yaml.v2", "v2.2.7");
        modules.put("google.golang.org/grpc", "v1.56.2");
        return modules;
    }

    @Test
    void bothFindTheSame() throws Exception {
        Programs.require("go", "govulncheck", "env");
        Path program = build();

        Set<String> theirs = govulncheck(program);
        Set<String> ours = berth(program);

        System.out.println("govulncheck and Berth find " + theirs.size() + " and " + ours.size()
                + " vulnerabilities in " + MODULES.size() + " modules and what comes with Go");
        assertThat(theirs).hasSizeGreaterThan(15);
        assertThat(ours).isEqualTo(theirs);
    }

    private Set<String> berth(Path program) throws Exception {
        Database database = new Database(dir);
        database.index().build(List.of(Samples.golang()));
        Set<String> found = new TreeSet<>();
        try (TestImage images = new TestImage()) {
            ScanReport report = BerthScanner.of(database.index())
                    .scan(images.repository(), images.push(Map.of("usr/bin/app", Files.readAllBytes(program))));
            assertThat(report.gaps()).isEmpty();
            for (Finding finding : report.findings()) {
                Stream.concat(Stream.of(finding.id()), finding.aliases().stream())
                        .filter(name -> name.startsWith("GO-"))
                        .map(name -> name + " " + finding.packageName() + " "
                                + finding.fixedVersion()
                                        .map(GovulncheckTest::plain)
                                        .orElse(""))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** Their versions have a letter in front. */
    private static String plain(String version) {
        return version.replaceFirst("^v", "");
    }

    private Set<String> govulncheck(Path program) throws IOException, InterruptedException {
        Path database = database();
        String printed = new Programs(dir)
                .run(
                        "govulncheck",
                        "-mode=binary",
                        "-scan=module",
                        "-json",
                        "-db",
                        database.toUri().toString().replaceFirst("/$", ""),
                        program.toString());
        Set<String> found = new TreeSet<>();
        try (MappingIterator<JsonNode> messages =
                MAPPER.readerFor(JsonNode.class).readValues(printed)) {
            while (messages.hasNext()) {
                JsonNode finding = messages.next().path("finding");
                if (!finding.isMissingNode()) {
                    found.add(finding.path("osv").asText() + " "
                            + finding.path("trace").path(0).path("module").asText() + " "
                            + plain(finding.path("fixed_version").asText()));
                }
            }
        }
        return found;
    }

    /** Lays the sample out as the database is served. */
    private Path database() throws IOException {
        Path database = Files.createDirectories(dir.resolve("vulndb"));
        Path ids = Files.createDirectories(database.resolve("ID"));
        Path index = Files.createDirectories(database.resolve("index"));
        Map<String, ArrayNode> modules = new TreeMap<>();
        try (Stream<Path> sample = Files.list(Samples.golang())) {
            for (Path file : sample.sorted().toList()) {
                Files.copy(file, ids.resolve(file.getFileName()));
                JsonNode advisory = MAPPER.readTree(file.toFile());
                for (JsonNode affected : advisory.path("affected")) {
                    modules.computeIfAbsent(
                                    affected.path("package").path("name").asText(), name -> MAPPER.createArrayNode())
                            .addObject()
                            .put("id", advisory.path("id").asText())
                            .put("modified", "2026-08-01T00:00:00Z");
                }
            }
        }
        ArrayNode list = MAPPER.createArrayNode();
        modules.forEach((name, advisories) -> {
            ObjectNode module = list.addObject().put("path", name);
            module.set("vulns", advisories);
        });
        MAPPER.writeValue(index.resolve("modules.json").toFile(), list);
        Files.writeString(index.resolve("db.json"), "{\"modified\": \"2026-08-01T00:00:00Z\"}");
        return database;
    }

    private Path build() throws IOException, InterruptedException {
        Path proxy = dir.resolve("proxy");
        StringBuilder main = new StringBuilder("package main\n\nimport (\n");
        StringBuilder requirements = new StringBuilder("module example.org/app\n\ngo 1.18\n\nrequire (\n");
        int number = 0;
        for (Map.Entry<String, String> module : MODULES.entrySet()) {
            publish(proxy, module.getKey(), module.getValue());
            main.append("\t_ \"").append(module.getKey()).append("/made").append("\"\n");
            requirements
                    .append('\t')
                    .append(module.getKey())
                    .append(' ')
                    .append(module.getValue())
                    .append('\n');
            number++;
        }
        assertThat(number).isEqualTo(MODULES.size());
        Path app = Files.createDirectories(dir.resolve("app"));
        Files.writeString(app.resolve("main.go"), main + ")\n\nfunc main() {}\n");
        Files.writeString(app.resolve("go.mod"), requirements + ")\n");
        List<String> command = new ArrayList<>(List.of(
                "env",
                "GOFLAGS=-mod=mod -modcacherw",
                "GOPROXY=" + proxy.toUri(),
                "GOSUMDB=off",
                "GOTOOLCHAIN=local",
                "GOCACHE=" + dir.resolve("cache"),
                "GOPATH=" + dir.resolve("path"),
                "CGO_ENABLED=0"));
        command.addAll(List.of("go", "build", "-o", dir.resolve("program").toString(), "."));
        new Programs(app).run(command);
        return dir.resolve("program");
    }

    /** Puts a module with one empty package into a proxy that is a directory. */
    private static void publish(Path proxy, String name, String version) throws IOException {
        Path versions = Files.createDirectories(proxy.resolve(name).resolve("@v"));
        boolean incompatible = version.endsWith("+incompatible");
        String file = "module " + name + "\n\ngo 1.18\n";
        Files.writeString(
                versions.resolve(version + ".info"),
                "{\"Version\": \"" + version + "\", \"Time\": \"2021-10-15T21:04:44Z\"}");
        Files.writeString(versions.resolve(version + ".mod"), file);
        try (OutputStream out = Files.newOutputStream(versions.resolve(version + ".zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            String root = name + "@" + version + "/";
            if (!incompatible) {
                entry(zip, root + "go.mod", file);
            }
            entry(zip, root + "made/made.go", "package made\n");
        }
    }

    private static void entry(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }
}
