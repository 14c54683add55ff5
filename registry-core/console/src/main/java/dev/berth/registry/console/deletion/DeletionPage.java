package dev.berth.registry.console.deletion;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Attributes.role;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.access.Action;
import dev.berth.registry.console.catalog.Catalog;
import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.internal.wire.HttpStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks before a tag or an image is deleted, deletes it, and says so. Who may not delete in a repository finds nothing here.
 */
final class DeletionPage implements Pages {
    private static final int MOST_TAGS = 20;

    private final Frame frame;
    private final Catalog catalog;
    private final Duration undelete;

    DeletionPage(Frame frame, Catalog catalog, Duration undelete) {
        this.frame = frame;
        this.catalog = catalog;
        this.undelete = undelete;
    }

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        Optional<RepositoryName> name = Names.repository(rest)
                .filter(repository -> visit.maySee(repository) && visit.may(Action.DELETE, repository));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Optional<Digest> digest = about(visit, Links.DIGEST).flatMap(Names::digest);
        Optional<Tag> tag = about(visit, Links.TAG).flatMap(Names::tag);
        if (digest.isPresent() == tag.isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                tag.isPresent()
                        ? answer(visit, new TagDeletion(name.get(), tag.get()))
                        : answer(visit, new ImageDeletion(name.get(), digest.orElseThrow())));
    }

    private static Optional<String> about(Visit visit, String field) {
        return visit.isPost() ? visit.form().find(field) : visit.asked(field);
    }

    /** What is to be deleted. */
    private interface Deletion {
        RepositoryName repository();

        /** Returns the field of the form, and what is in it. */
        Map.Entry<String, String> field();

        /** Returns what it is called on the page. */
        Html what();

        /** Returns whether it is there. */
        boolean exists(Repository repository);

        void make(Repository repository);
    }

    private record TagDeletion(RepositoryName repository, Tag tag) implements Deletion {
        @Override
        public Map.Entry<String, String> field() {
            return Map.entry(Links.TAG, tag.value());
        }

        @Override
        public Html what() {
            return Html.of(text("the tag "), Texts.foreign(tag.value()), text(" of "), Texts.foreign(repository.value()));
        }

        @Override
        public boolean exists(Repository in) {
            return in.tags().resolve(tag).isPresent();
        }

        @Override
        public void make(Repository in) {
            boolean unused = in.tags().delete(tag);
        }
    }

    private record ImageDeletion(RepositoryName repository, Digest digest) implements Deletion {
        @Override
        public Map.Entry<String, String> field() {
            return Map.entry(Links.DIGEST, digest.toString());
        }

        @Override
        public Html what() {
            return Html.of(
                    text("the image "), Texts.digest(digest), text(" of "), Texts.foreign(repository.value()));
        }

        @Override
        public boolean exists(Repository in) {
            return in.manifests().find(digest).isPresent();
        }

        @Override
        public void make(Repository in) {
            var unused = in.manifests().delete(digest);
        }
    }

    private PageAnswer answer(Visit visit, Deletion deletion) {
        Repository repository = visit.registry().repository(deletion.repository());
        Link here = frame.links()
                .of(DeletionPart.PATH, deletion.repository())
                .with(deletion.field().getKey(), deletion.field().getValue());
        if (!visit.isPost()) {
            return PageAnswer.of(exists(deletion, repository) ? ask(visit, deletion, "") : done(visit, deletion));
        }
        try {
            deletion.make(repository);
        } catch (RegistryException e) {
            return refused(visit, deletion, e, here);
        }
        return PageAnswer.seeOther(here);
    }

    private static boolean exists(Deletion deletion, Repository repository) {
        try {
            return deletion.exists(repository);
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN || e.code() == ErrorCode.MANIFEST_UNKNOWN) {
                return false;
            }
            throw e;
        }
    }

    private PageAnswer refused(Visit visit, Deletion deletion, RegistryException e, Link here) {
        return switch (e.code()) {
            // Somebody else was first.
            case NAME_UNKNOWN, MANIFEST_UNKNOWN -> PageAnswer.seeOther(here);
            case UNSUPPORTED, DENIED, PRECONDITION_FAILED ->
                PageAnswer.of(
                        HttpStatus.of(e.code()),
                        ask(visit, deletion, e.errors().get(0).message()));
            default -> throw e;
        };
    }

    private Element ask(Visit visit, Deletion deletion, String problem) {
        Link back = frame.links().repository(deletion.repository());
        return frame.page(
                visit,
                "Delete?",
                H1.of(text("Delete "), deletion.what(), text("?")),
                problem.isEmpty() ? Html.nothing() : Forms.problem(problem),
                explanation(visit, deletion),
                P.of(text(restorable())),
                Forms.post(
                        visit,
                        frame.links().of(DeletionPart.PATH, deletion.repository()),
                        Forms.hidden(deletion.field().getKey(), deletion.field().getValue()),
                        P.of(
                                css("actions"),
                                Forms.dangerousButton("Delete"),
                                A.of(href(back), text("Cancel")))));
    }

    private Html explanation(Visit visit, Deletion deletion) {
        if (deletion instanceof TagDeletion one) {
            Optional<Digest> named = visit.registry()
                    .repository(one.repository())
                    .tags()
                    .resolve(one.tag())
                    .map(Descriptor::digest);
            return Html.of(
                    P.of(text("The image stays, and can be pulled by its digest"
                            + (named.map(digest -> tagsOf(one.repository(), digest).size() > 1)
                                            .orElse(false)
                                    ? ", or by its other tags."
                                    : ". No other tag names it."))),
                    named.<Html>map(digest -> P.of(CODE.of(css("long"), text(digest.toString()))))
                            .orElse(Html.nothing()));
        }
        if (deletion instanceof ImageDeletion one) {
            List<String> tags = tagsOf(one.repository(), one.digest());
            return Html.of(
                    P.of(CODE.of(css("long"), text(one.digest().toString()))),
                    P.of(
                            tags.isEmpty()
                                    ? text("No tag names it.")
                                    : Html.of(
                                            text(tags.size() == 1 ? "Its tag goes with it: " : "Its tags go with it: "),
                                            Texts.foreign(String.join(
                                                    ", ", tags.subList(0, Math.min(MOST_TAGS, tags.size())))),
                                            text(
                                                    tags.size() > MOST_TAGS
                                                            ? " and " + (tags.size() - MOST_TAGS) + " more."
                                                            : "."))));
        }
        return Html.nothing();
    }

    private List<String> tagsOf(RepositoryName repository, Digest digest) {
        return catalog.of(repository).tags().entrySet().stream()
                .filter(entry -> entry.getValue().equals(digest))
                .map(entry -> entry.getKey().value())
                .toList();
    }

    private String restorable() {
        if (undelete.isZero()) {
            return "It cannot be restored.";
        }
        long days = undelete.toDays();
        return "An administrator can restore it within "
                + (days > 1 ? days + " days" : Math.max(1, undelete.toHours()) + " hours") + ".";
    }

    /** What is not there is deleted, whoever did it. */
    private Element done(Visit visit, Deletion deletion) {
        return frame.page(
                visit,
                "Deleted",
                H1.of(text("Deleted")),
                P.of(role("status"), deletion.what(), text(" is not there any more. "), text(restorable())),
                P.of(A.of(href(frame.links().repository(deletion.repository())), text("To the repository"))));
    }
}
