package dev.berth.registry.console.page;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.LI;
import static dev.berth.registry.console.html.Tag.P;
import static dev.berth.registry.console.html.Tag.SPAN;
import static dev.berth.registry.console.html.Tag.UL;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.view.ReferrerTree;
import dev.berth.registry.console.view.ReferrerTree.Node;
import java.util.List;

/** What refers to an image, as a tree. */
final class ReferrerList {
    private final Links links;
    private final RepositoryName repository;

    ReferrerList(Links links, RepositoryName repository) {
        this.links = links;
        this.repository = repository;
    }

    Html of(ReferrerTree tree) {
        if (tree.roots().isEmpty()) {
            return Html.nothing();
        }
        return Section.of(
                "What refers to it",
                list(tree.roots()),
                tree.more() ? P.of(css("note"), text("There is more than is shown.")) : Html.nothing());
    }

    private Html list(List<Node> nodes) {
        return UL.of(css("tree"), Html.of(nodes.stream().map(this::node)));
    }

    private Html node(Node node) {
        return LI.of(
                A.of(href(links.image(repository, node.manifest().digest())), text(node.what())),
                SPAN.of(
                        css("note"),
                        text(" "),
                        LongText.foreign(node.manifest()
                                .artifactType()
                                .filter(type -> !type.startsWith("cosign:"))
                                .orElse(node.manifest().mediaType())),
                        text(" "),
                        Texts.digest(node.manifest().digest())),
                node.children().isEmpty() ? Html.nothing() : list(node.children()));
    }
}
