package dev.berth.examples.standalone.console;

import dev.berth.examples.standalone.cli.Table;
import dev.berth.examples.standalone.cli.Terminal;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.examples.standalone.images.ByteCount;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Repositories as a table.
 *
 * @param host the registry, which is part of the names
 * @param whole whether descriptions are shown to their end
 */
record FoundTable(String host, boolean whole) {
    private static final int USUAL_DESCRIPTION = 60;
    private static final int SHORTEST_DESCRIPTION = 20;
    private static final int GAP = 2;
    private static final int DAY = "2026-01-31".length();

    void print(List<FoundRepository> repositories, PrintWriter out) {
        boolean counted =
                repositories.stream().anyMatch(repository -> repository.tags().isPresent());
        boolean curated = repositories.stream().anyMatch(FoundRepository::official);
        List<String> heading = new ArrayList<>(List.of("NAME"));
        if (curated) {
            heading.add("OFFICIAL");
        }
        if (counted) {
            heading.addAll(List.of("TAGS", "SIZE", "PUSHED"));
        }
        heading.add("DESCRIPTION");
        List<List<String>> rows = new ArrayList<>();
        for (FoundRepository repository : repositories) {
            List<String> row = new ArrayList<>(List.of(host + "/" + repository.name()));
            if (curated) {
                row.add(repository.official() ? "yes" : "");
            }
            if (counted) {
                row.add(repository.tags().map(String::valueOf).orElse(""));
                row.add(repository.size().map(ByteCount::format).orElse(""));
                row.add(repository.pushed().map(FoundTable::day).orElse(""));
            }
            rows.add(row);
        }
        int left = descriptionWidth(heading, rows);
        Table table = new Table(heading.toArray(String[]::new));
        for (int i = 0; i < rows.size(); i++) {
            List<String> row = rows.get(i);
            String description =
                    Text.printable(repositories.get(i).description().strip().replaceAll("\\s+", " "));
            row.add(whole ? description : Text.cut(description, left));
            table.row(row.toArray(String[]::new));
        }
        table.print(out);
    }

    /** What the other columns leave of a terminal. */
    private static int descriptionWidth(List<String> heading, List<List<String>> rows) {
        if (Terminal.console().isEmpty()) {
            return USUAL_DESCRIPTION;
        }
        int used = 0;
        for (int i = 0; i < heading.size() - 1; i++) {
            int column = i;
            used += GAP
                    + rows.stream()
                            .mapToInt(row -> Text.columns(Text.printable(row.get(column))))
                            .reduce(heading.get(i).length(), Math::max);
        }
        return Math.max(SHORTEST_DESCRIPTION, Terminal.width() - used);
    }

    private static String day(String time) {
        return time.length() > DAY ? time.substring(0, DAY) : time;
    }
}
