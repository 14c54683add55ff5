package dev.berth.registry.console.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.pulls.DailyPulls;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Numbers become drawings, and stay numbers for those who do not see them")
class PlotTest {
    private static final LocalDate MAY = LocalDate.parse("2026-05-01");

    private static String written(Html html) throws IOException {
        StringBuilder text = new StringBuilder();
        html.writeTo(text);
        return text.toString();
    }

    private static List<Point> points(long... numbers) {
        return java.util.stream.IntStream.range(0, numbers.length)
                .mapToObj(i -> new Point(MAY.plusDays(i), numbers[i]))
                .toList();
    }

    private final Plot plot = new Plot("p", "Pulls of \"<app>\"", "Pulls", Texts::amount);

    @Test
    void aBarIsAsHighAsItsPartOfTheMost() throws IOException {
        assertThat(written(plot.bars(points(0, 50, 200, 100))))
                .contains("viewBox=\"0 0 40 100\"")
                .contains("<rect x=\"11\" y=\"75\" width=\"8\" height=\"25\"><title>2026-05-02: 50</title></rect>")
                .contains("<rect x=\"21\" y=\"0\" width=\"8\" height=\"100\">")
                .contains("<rect x=\"31\" y=\"50\" width=\"8\" height=\"50\">")
                .doesNotContain("x=\"1\"");
    }

    @Test
    void whatIsLittleIsStillSeen() throws IOException {
        assertThat(written(plot.bars(points(1, 1_000_000)))).contains("y=\"98.50\" width=\"8\" height=\"1.50\"");
        assertThat(written(plot.bars(points(Long.MAX_VALUE, 1)))).contains("height=\"100\"");
        assertThat(written(plot.bars(points(0, 0)))).doesNotContain("<rect");
    }

    @Test
    void aLineGoesThroughTheDaysThatAreKnown() throws IOException {
        List<Point> days = List.of(new Point(MAY, 10), new Point(MAY.plusDays(1), 20), new Point(MAY.plusDays(5), 5));

        assertThat(written(plot.line(days)))
                .contains("viewBox=\"0 0 50 100\"")
                .contains("class=\"line\" d=\"M0 50L10 0L50 75\"")
                .contains("class=\"area\" d=\"M0 100L0 50L10 0L50 75L50 100\"");
    }

    @Test
    void itSaysInWordsWhatItShows() throws IOException {
        assertThat(written(plot.bars(points(3, 1_500, 7))))
                .contains("role=\"img\"", "aria-labelledby=\"p-title p-desc\"")
                .contains("<title id=\"p-title\">Pulls of &quot;&lt;app&gt;&quot;</title>")
                .contains("From 2026-05-01 to 2026-05-03; the highest number is 1\u202f500, the last one is 7.")
                .contains("<th scope=\"row\">2026-05-02</th><td>1\u202f500</td>");
    }

    @Test
    void inATableItIsDrawnOnly() throws IOException {
        assertThat(written(Plot.small(points(1, 2)))).contains("aria-hidden=\"true\"").doesNotContain("title");
    }

    @Test
    void daysWithoutPullsAreNothingAndNotLeftOut() {
        DailyPulls pulls = new DailyPulls(new TreeMap<>(Map.of(MAY, 4L, MAY.minusDays(40), 9L)));
        assertThat(Point.of(pulls, MAY.plusDays(1), 3))
                .containsExactly(
                        new Point(MAY.minusDays(1), 0), new Point(MAY, 4), new Point(MAY.plusDays(1), 0));
    }
}
