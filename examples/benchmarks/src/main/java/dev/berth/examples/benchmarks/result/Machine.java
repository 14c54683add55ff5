package dev.berth.examples.benchmarks.result;

import dev.berth.examples.benchmarks.server.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What figures were measured on.
 *
 * @param disk the file system of the directory that stands for a disk
 * @param programs versions of the programs that took part
 */
public record Machine(
        String processor,
        int processors,
        long memoryMiB,
        String system,
        String java,
        String disk,
        Map<String, String> programs) {

    /** This one. */
    public static Machine current(Path disk) throws IOException, InterruptedException {
        return new Machine(
                line(Path.of("/proc/cpuinfo"), "model name"),
                Runtime.getRuntime().availableProcessors(),
                memory(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.version"),
                Files.getFileStore(disk).type(),
                versions());
    }

    private static long memory() {
        String kilobytes = line(Path.of("/proc/meminfo"), "MemTotal").replaceAll("\\D", "");
        return kilobytes.isEmpty() ? 0 : Long.parseLong(kilobytes) / 1024;
    }

    private static Map<String, String> versions() throws IOException, InterruptedException {
        Map<String, String> found = new TreeMap<>();
        version(found, "docker-registry", "--version");
        version(found, "nginx", "-v");
        version(found, "openssl", "version");
        return found;
    }

    private static void version(Map<String, String> versions, String name, String option)
            throws IOException, InterruptedException {
        Path program = Program.find(name).orElse(null);
        if (program != null) {
            String printed = Program.run(program.toString(), option);
            versions.put(name, printed.lines().findFirst().orElse("").replaceAll(".*?(\\d+\\.\\d[^ ]*).*", "$1"));
        }
    }

    private static String line(Path file, String key) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
