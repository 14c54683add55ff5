/**
 * The grammar of the registry's HTTP API, once, for the server and for the client: so every type here works in both
 * directions, it formats and it parses. Nothing here does I/O. Not exported.
 *
 * <ul>
 *   <li>addresses: {@link dev.berth.registry.internal.wire.ApiResource} names what there is,
 *       {@link dev.berth.registry.internal.wire.ApiPath} is a path that leads to one,
 *       {@link dev.berth.registry.internal.wire.QueryParameters} what follows it,
 *       {@link dev.berth.registry.internal.wire.UploadSegment} an upload id as part of a path;
 *   <li>headers: {@link dev.berth.registry.internal.wire.WireHeaders} has their names,
 *       {@link dev.berth.registry.internal.wire.RangeHeader}, {@link dev.berth.registry.internal.wire.UploadRange},
 *       {@link dev.berth.registry.internal.wire.LinkHeader}, {@link dev.berth.registry.internal.wire.EntityTag} and
 *       {@link dev.berth.registry.internal.wire.MediaTypeHeader} the form of their values;
 *   <li>authorization: {@link dev.berth.registry.internal.wire.Scope} and
 *       {@link dev.berth.registry.internal.wire.ScopeSet} are what challenges ask for and tokens allow;
 *   <li>errors: {@link dev.berth.registry.internal.wire.HttpStatus} is the one table of codes and statuses,
 *       {@link dev.berth.registry.internal.wire.ErrorBody} the JSON form,
 *       {@link dev.berth.registry.internal.wire.WireError} an exception as a response and back;
 *   <li>lists: {@link dev.berth.registry.internal.wire.ListBody} is the body of a tag list and of the catalogue.
 * </ul>
 */
@NullMarked
package dev.berth.registry.internal.wire;

import org.jspecify.annotations.NullMarked;
