package dev.berth.examples.benchmarks.load;

import dev.berth.examples.benchmarks.server.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** wrk: it asks the same over and over again on several connections. */
public final class Wrk {
    /** Runs once, at the end, and does not slow the requests down. */
    private static final String SCRIPT = """
            done = function(summary, latency, requests)
              local e = summary.errors
              io.write(string.format("result %d %d %d %d %f %f\\n", summary.requests, summary.bytes, summary.duration,
                e.connect + e.read + e.write + e.status + e.timeout,
                latency:percentile(50) / 1000, latency:percentile(99) / 1000))
            end
            """;

    private static final double MICROS = 1e6;

    private final String program;
    private final Path script;

    /** With a directory for its script. */
    public Wrk(Path program, Path directory) throws IOException {
        this.program = program.toString();
        script = Files.writeString(directory.resolve("wrk.lua"), SCRIPT);
    }

    /** Asks for a path on so many connections. At most half of the processors make the load. */
    public Load get(URI server, String path, int connections, Duration time) throws IOException, InterruptedException {
        int threads = Math.min(connections, Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
        String printed = Program.run(
                program,
                "--threads",
                Integer.toString(threads),
                "--connections",
                Integer.toString(connections),
                "--duration",
                Math.max(1, time.toSeconds()) + "s",
                "--timeout",
                "30s",
                "--header",
                "Accept: application/vnd.oci.image.manifest.v1+json",
                "--script",
                script.toString(),
                server + path);
        return read(printed);
    }

    static Load read(String printed) throws IOException {
        String line = printed.lines()
                .filter(candidate -> candidate.startsWith("result "))
                .findFirst()
                .orElseThrow(() -> new IOException("wrk printed no result: " + printed));
        String[] fields = line.split(" ", -1);
        return new Load(
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]) / MICROS,
                Double.parseDouble(fields[5]),
                Double.parseDouble(fields[6]),
                Long.parseLong(fields[4]));
    }
}
