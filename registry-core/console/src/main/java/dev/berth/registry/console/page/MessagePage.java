package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.console.html.Element;

/** What is shown instead of a page. */
public final class MessagePage {
    private final Frame frame;

    /** Makes it. */
    public MessagePage(Frame frame) {
        this.frame = frame;
    }

    /** What is not there, and what the caller may not see: nobody can tell which. */
    public Element notFound(Visit visit) {
        return frame.page(
                visit,
                "Not found",
                H1.of(text("Not found")),
                P.of(text("There is nothing at this address, or you may not see it.")),
                P.of(A.of(href(frame.links().home()), text("To the repositories"))));
    }

    /** Something failed that may work later. */
    public Element unavailable(Visit visit) {
        return frame.page(
                visit,
                "Not available",
                H1.of(text("Not available")),
                P.of(text("The registry cannot answer at this time. Try again in a while.")));
    }

    /** Something is not done, for a reason that is for people. */
    public Element refused(Visit visit, String sentence) {
        return frame.page(visit, "Not done", H1.of(text("Not done")), P.of(css("problem"), Texts.foreign(sentence)));
    }
}
