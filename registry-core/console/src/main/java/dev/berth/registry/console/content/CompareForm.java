package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Tag.DIV;

import dev.berth.registry.console.catalog.RepositoryRecord;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.RepositorySection;
import dev.berth.registry.console.page.Section;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.TagRows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** To choose two tags to be compared. */
final class CompareForm implements RepositorySection {
    private static final int MOST_TAGS = 200;

    private final Frame frame;

    CompareForm(Frame frame) {
        this.frame = frame;
    }

    @Override
    public Html show(Visit visit, RepositoryRecord repository) {
        List<TagRows.Row> tags = TagRows.of(repository, TagRows.Order.NEWEST, 1, MOST_TAGS).rows();
        if (tags.size() < 2) {
            return Html.nothing();
        }
        Map<String, String> choices = new LinkedHashMap<>();
        tags.forEach(row -> choices.put(row.tag().value(), row.tag().value()));
        return Section.of(
                "Compare two tags",
                DIV.of(
                        css("inline"),
                        Forms.get(
                                frame.links().of("compare", repository.name()),
                                Forms.choice("From", "from", choices, tags.get(1).tag().value()),
                                Forms.choice("To", "to", choices, tags.get(0).tag().value()),
                                Forms.button("Compare"))));
    }
}
