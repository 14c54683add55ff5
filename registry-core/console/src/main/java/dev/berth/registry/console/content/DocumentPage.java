package dev.berth.registry.console.content;

import static dev.berth.registry.console.html.Attributes.css;
import static dev.berth.registry.console.html.Attributes.href;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.A;
import static dev.berth.registry.console.html.Tag.CODE;
import static dev.berth.registry.console.html.Tag.H1;
import static dev.berth.registry.console.html.Tag.P;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Facts;
import dev.berth.registry.console.page.Frame;
import dev.berth.registry.console.page.Links;
import dev.berth.registry.console.page.LongText;
import dev.berth.registry.console.page.PageAnswer;
import dev.berth.registry.console.page.Pages;
import dev.berth.registry.console.page.Texts;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.console.view.ImageLookup;
import dev.berth.registry.console.view.ImageView;
import dev.berth.registry.console.view.Names;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.server.ResponseBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A manifest or a configuration as it is stored, byte for byte. */
final class DocumentPage implements Pages {
    private static final int MOST_SHOWN = 256 * 1024;
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final Frame frame;
    private final ImageLookup images;

    DocumentPage(Frame frame, ImageLookup images) {
        this.frame = frame;
        this.images = images;
    }

    /** A document and what it is. */
    private record Document(String name, String mediaType, Digest digest, byte[] bytes, Link link) {}

    @Override
    public Optional<PageAnswer> answer(Visit visit, String rest) {
        Optional<RepositoryName> name =
                Names.repository(rest).filter(one -> !visit.isPost() && visit.maySee(one));
        Optional<ImageLookup.Found> found = name.flatMap(one -> visit.asked(Links.DIGEST)
                .flatMap(Names::digest)
                .flatMap(digest -> images.find(visit.registry(), one, digest)));
        return found.flatMap(image -> document(visit, image).map(document -> answer(visit, image.image(), document)));
    }

    private PageAnswer answer(Visit visit, ImageView image, Document document) {
        if (visit.asked("download").isPresent()) {
            return PageAnswer.file(
                    document.name().toLowerCase(Locale.ROOT) + ".json", ResponseBody.of(document.bytes()));
        }
        byte[] indented = indented(document.bytes());
        byte[] shown = indented.length > MOST_SHOWN ? Arrays.copyOf(indented, MOST_SHOWN) : indented;
        return PageAnswer.of(frame.page(
                visit,
                document.name() + " · " + image.repository(),
                P.of(
                        css("path"),
                        A.of(
                                href(frame.links().repository(image.repository())),
                                text(image.repository().value())),
                        text(" / "),
                        A.of(href(frame.links().image(image.repository(), image.digest())), Texts.digest(image.digest()))),
                H1.of(text(document.name())),
                new Facts()
                        .add("Digest", CODE.of(css("long"), text(document.digest().toString())))
                        .add("Type", LongText.foreign(document.mediaType()))
                        .add("Size", text(Texts.size(document.bytes().length)))
                        .html(),
                P.of(
                        A.of(href(document.link().with("download", "true")), text("Download")),
                        text(Arrays.equals(indented, document.bytes()) ? "" : ", byte for byte; here it is indented")),
                FileText.of(new FileHead(shown, indented.length))));
    }

    /** What is no JSON is shown as it is. */
    private static byte[] indented(byte[] document) {
        try {
            return StrictJson.parseLastNameWins(document).toPrettyString().getBytes(StandardCharsets.UTF_8);
        } catch (MalformedJsonException e) {
            return document;
        }
    }

    private Optional<Document> document(Visit visit, ImageLookup.Found found) {
        ImageView image = found.image();
        Link link = frame.links().document(image.repository(), image.digest());
        Optional<String> part = visit.asked("part");
        if (part.isEmpty()) {
            return Optional.of(new Document(
                    "Manifest", image.manifest().mediaType(), image.digest(), image.manifest().bytes(), link));
        }
        return part.filter("configuration"::equals).flatMap(any -> image.image()).flatMap(one -> {
            try (BlobContent content = found.repository().blobs().open(one.config().digest())) {
                return Optional.of(new Document(
                        "Configuration",
                        one.config().mediaType(),
                        one.config().digest(),
                        content.readAllBytes(MOST_BYTES),
                        link.with("part", "configuration")));
            } catch (IOException e) {
                throw RegistryException.of(
                        ErrorCode.UNAVAILABLE,
                        "The configuration " + one.config().digest() + " could not be read; try again later",
                        e);
            } catch (RegistryException e) {
                if (e.code() == ErrorCode.BLOB_UNKNOWN) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }
}
