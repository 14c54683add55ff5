package dev.berth.registry.console;

import dev.berth.registry.console.html.Element;
import dev.berth.registry.console.html.Page;
import dev.berth.registry.console.page.Assets;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;

/** What browsers get: pages that may load nothing but what is here, and that no other page may show as its own. */
final class PageResponse {
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private PageResponse() {}

    static RegistryResponse page(Element page) {
        return page(200, page);
    }

    static RegistryResponse page(int status, Element page) {
        return common(status)
                .header("Content-Type", "text/html; charset=utf-8")
                // What somebody saw is not for whoever sits there next.
                .header("Cache-Control", "no-store")
                .body(ResponseBody.of(Page.bytes(page)))
                .build();
    }

    static RegistryResponse asset(Assets.Asset asset) {
        return common(200)
                .header("Content-Type", asset.mediaType())
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .body(ResponseBody.of(asset.bytes()))
                .build();
    }

    static RegistryResponse methodNotAllowed() {
        return common(405).header("Allow", "GET, HEAD").build();
    }

    private static RegistryResponse.Builder common(int status) {
        return RegistryResponse.builder(status)
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin");
    }
}
