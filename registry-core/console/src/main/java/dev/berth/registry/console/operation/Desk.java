package dev.berth.registry.console.operation;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Commands;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pages of one entry of the menu of operations. Immutable.
 *
 * @param frame what stands around them
 * @param path the path of the entry, which is the beginning of those of its pages
 */
public record Desk(Frame frame, String path) {

    /** Returns the address of the entry itself. */
    public Link link() {
        return frame.links().to(path);
    }

    /** Returns the address of one of its other pages. */
    public Link link(String page) {
        return frame.links().to(path + "/" + page);
    }

    /** Returns a page with a heading of words of this program. */
    public Optional<PageAnswer> show(Visit visit, String title, Html... main) {
        return show(visit, Attempt.nothing(), title, text(title), main);
    }

    /** Returns a page that may show why a change was refused. */
    public Optional<PageAnswer> show(Visit visit, Attempt attempt, String title, Html heading, Html... main) {
        return Optional.of(PageAnswer.of(
                attempt.status(),
                frame.operations(visit, path, title, H1.of(heading), attempt.problem(), Html.of(main))));
    }

    /** Asks a question, and does what it is about when somebody has said yes. */
    public Optional<PageAnswer> ask(Visit visit, String page, Question question) {
        Attempt attempt = Attempt.of(visit, question.change());
        if (attempt.isDone()) {
            return Optional.of(PageAnswer.seeOther(question.back()));
        }
        List<Html> form = new ArrayList<>();
        question.fields().forEach((field, value) -> form.add(Forms.hidden(field, value)));
        form.add(P.of(
                css("actions"), Forms.dangerousButton(question.button()), A.of(href(question.back()), text("Cancel"))));
        return show(
                visit,
                attempt,
                question.title(),
                question.heading(),
                Html.of(question.explanation()),
                Forms.post(visit, link(page), Html.of(form)));
    }

    /**
     * Shows a secret, which is nowhere afterwards.
     *
     * @param what it is for, as a sentence
     * @param more what can be done with it
     */
    public Optional<PageAnswer> showOnce(
            Visit visit, String title, String what, String secret, Link back, Html... more) {
        return show(
                visit,
                title,
                P.of(Texts.foreign(what)),
                P.of(css("warning"), text("It is shown this once. Keep it where nobody else sees it.")),
                Commands.block(secret),
                Html.of(more),
                Show.actions(Show.link(back, "Done")));
    }

    /** Returns what a page is about: of its address, or of the form that was sent to it. */
    public static Optional<String> about(Visit visit, String field) {
        return visit.isPost() ? visit.form().find(field) : visit.asked(field);
    }

    /** Returns a heading with a name of strangers in it. */
    public static Html heading(String before, String name, String after) {
        return Html.of(text(before), Texts.foreign(name), text(after));
    }
}
