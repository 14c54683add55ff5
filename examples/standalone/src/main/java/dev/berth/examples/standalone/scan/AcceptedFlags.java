package dev.berth.examples.standalone.scan;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.scan.accepted.Acceptances;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that says which findings do not count. */
final class AcceptedFlags {
    private static final int LARGEST = 16 << 20;

    @Option(
            names = "--vex",
            paramLabel = "FILE",
            description = "What is known not to matter, and why: OpenVEX, VEX in CycloneDX, or an allow-list of Berth's"
                    + " own. May be given more than once.")
    private List<Path> files = new ArrayList<>();

    Acceptances read(PrintWriter err) throws IOException {
        Acceptances all = Acceptances.none();
        for (Path file : files) {
            if (Files.size(file) > LARGEST) {
                throw new CommandException("The file " + file + " is too large for a list of accepted findings.");
            }
            try {
                all = all.and(Acceptances.read(Files.readAllBytes(file)));
            } catch (IllegalArgumentException e) {
                throw new CommandException("The file " + file + " cannot be used: " + e.getMessage() + ".");
            }
        }
        all.notes().forEach(note -> err.println("Warning: " + Text.printable(note) + "."));
        err.flush();
        return all;
    }
}
