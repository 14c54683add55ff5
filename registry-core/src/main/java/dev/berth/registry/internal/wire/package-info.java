/**
 * The grammar of the HTTP API, shared by server and client: every type both formats and parses. No type performs I/O.
 * Not exported.
 *
 * <ul>
 *   <li>addresses: {@link dev.berth.registry.internal.wire.ApiResource} lists the resources,
 *       {@link dev.berth.registry.internal.wire.ApiPath} is the path of one,
 *       {@link dev.berth.registry.internal.wire.QueryParameters} is its query,
 *       {@link dev.berth.registry.internal.wire.UploadSegment} is an upload id in a path;
 *   <li>headers: {@link dev.berth.registry.internal.wire.WireHeaders} has their names;
 *       {@link dev.berth.registry.internal.wire.RangeHeader}, {@link dev.berth.registry.internal.wire.UploadRange},
 *       {@link dev.berth.registry.internal.wire.LinkHeader}, {@link dev.berth.registry.internal.wire.EntityTag} and
 *       {@link dev.berth.registry.internal.wire.MediaTypeHeader} are the forms of their values;
 *   <li>authorization: {@link dev.berth.registry.internal.wire.Scope} and
 *       {@link dev.berth.registry.internal.wire.ScopeSet} are the scopes of challenges and tokens;
 *   <li>errors: {@link dev.berth.registry.internal.wire.HttpStatus} maps codes to statuses,
 *       {@link dev.berth.registry.internal.wire.ErrorBody} is the JSON form,
 *       {@link dev.berth.registry.internal.wire.WireError} maps exceptions to responses;
 *   <li>lists: {@link dev.berth.registry.internal.wire.ListBody} is the body of a list of tags and of the catalog.
 * </ul>
 */
@NullMarked
package dev.berth.registry.internal.wire;

import org.jspecify.annotations.NullMarked;
