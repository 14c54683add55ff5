package dev.berth.registry.server.resources;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Listing;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.ReferrerFilter;
import dev.berth.registry.internal.budget.MemoryBudget;
import dev.berth.registry.internal.budget.MemoryLease;
import dev.berth.registry.internal.json.DescriptorJson;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.wire.ApiPath;
import dev.berth.registry.internal.wire.LinkHeader;
import dev.berth.registry.internal.wire.QueryParameters;
import dev.berth.registry.internal.wire.WireHeaders;
import dev.berth.registry.server.ExchangeAbortedException;
import dev.berth.registry.server.RegistryRequest;
import dev.berth.registry.server.RegistryResponse;
import dev.berth.registry.server.ResponseBody;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists the manifests that refer to a subject (end-12). A page is an image index of limited size. */
final class ReferrersHandler implements ResourceHandler {
    private static final byte[] BEGIN = ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                    + "\",\"manifests\":[")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);

    /** Each referrer costs a few calls of the store. Few clients follow links, so that a page has many. */
    private static final int LONGEST = 1000;

    /** After so many referrers it is time to see whether the client still wants them. */
    private static final int BETWEEN_LOOKS = 32;

    private static final String FILTER = "artifactType";

    private final int maxPageBytes;
    private final MemoryBudget memory;

    ReferrersHandler(int maxPageBytes, MemoryBudget memory) {
        this.maxPageBytes = maxPageBytes;
        this.memory = memory;
    }

    @Override
    public RegistryResponse handle(ApiCall call) throws ExchangeAbortedException {
        Digest subject = call.path().digest();
        Optional<String> artifactType = call.query().first(FILTER).filter(type -> !type.isEmpty());
        Listing<Descriptor, Digest> referrers =
                call.repository().manifests().referrers(subject, new ReferrerFilter(artifactType));
        Optional<Digest> last = call.query().first("last").map(ApiPath::digest);
        if (last.isPresent()) {
            referrers = referrers.after(last.get());
        }
        MemoryLease lease = memory.forGrowing(call.request()::isAbandoned);
        try {
            return page(call, page(call.request(), referrers.iterator(), lease), artifactType, lease);
        } catch (ExchangeAbortedException | RuntimeException | Error e) {
            lease.close();
            throw e;
        }
    }

    private static RegistryResponse page(
            ApiCall call, IndexPage page, Optional<String> artifactType, MemoryLease lease) {
        RegistryResponse.Builder response =
                ApiResponses.begin(200).header(WireHeaders.CONTENT_TYPE, MediaTypes.OCI_INDEX);
        if (artifactType.isPresent()) {
            response.header(WireHeaders.FILTERS_APPLIED, FILTER);
        }
        if (page.next() != null) {
            QueryParameters.Builder next = QueryParameters.builder();
            artifactType.ifPresent(type -> next.add(FILTER, type));
            next.add("last", page.next());
            response.header(
                    WireHeaders.LINK,
                    LinkHeader.formatNext(ApiPath.ofReferrers(
                                    call.path().repository(), call.path().digest())
                            + next.build()));
        }
        return response.body(new LeasedBody(page.json(), lease)).build();
    }

    /**
     * A page of referrers.
     *
     * @param json the image index
     * @param next the last referrer of the page, or null if this is the last page
     */
    private record IndexPage(ResponseBody json, @Nullable Digest next) {}

    private IndexPage page(RegistryRequest request, Iterator<Descriptor> referrers, MemoryLease lease)
            throws ExchangeAbortedException {
        ByteArrayOutputStream json = new ByteArrayOutputStream(1024);
        json.writeBytes(BEGIN);
        Digest last = null;
        Digest next = null;
        int entries = 0;
        while (next == null && referrers.hasNext()) {
            Descriptor referrer = referrers.next();
            byte[] entry = StrictJson.write(DescriptorJson.toTree(referrer));
            boolean full = entries == LONGEST || json.size() + 1 + entry.length + END.length > maxPageBytes;
            if (last != null && full) {
                next = last;
            } else {
                // Twice, since the page is copied into an array of its size.
                lease.growTo(2L * (json.size() + entry.length), 2L * maxPageBytes);
                if (last != null) {
                    json.write(',');
                }
                json.writeBytes(entry);
                last = referrer.digest();
                entries++;
                if (entries % BETWEEN_LOOKS == 0 && request.isAbandoned()) {
                    throw ExchangeAbortedException.close();
                }
            }
        }
        json.writeBytes(END);
        return new IndexPage(ResponseBody.of(json.toByteArray()), next);
    }
}
