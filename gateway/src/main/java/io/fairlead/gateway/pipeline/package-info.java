/**
 * The order of steps of one request, and the state machine that runs it. The only place that sees
 * them all.
 *
 * <pre>
 *  edge ─► DataPlane ─► Exchange ── what happens ─► Transitions (pure) ── effects ─┐
 *                          ▲                                                      │
 *                          └───────────────────────── performs them ◄─────────────┘
 *
 *  BodyIntake    the request's body: bound, budget, content encoding
 *  Preparation   what is waited for before an attempt: a kept conversation, media
 *  Decision      who may answer what: allowed, plan, what is sent  (protocol, access, routing)
 *      ModelDecision   a model is asked for: the client's bytes, or a translation
 *      RawDecision     a provider's own API
 *      KeptDecision    files and batches
 *      StoredDecision  responses that we keep
 *  Attempts      those of one request: made, heard, judged  (routing)
 *      Attempt     one try at one deployment: deadlines, head, error answer  (upstream)
 *  AnswerRelay   the answer's body on its way:
 *      EventRelay  events: held to the first output token, then relayed
 *      WholeRelay  no stream: held to its end, up to a bound
 *      RawRelay    bytes: sound, raw routes
 *  Settlement    usage × price (Bill), the record  (ledger)
 *  ClientAnswer  the head of a client's answer, and the five ways in which it ends
 * </pre>
 */
@NullMarked
package io.fairlead.gateway.pipeline;

import org.jspecify.annotations.NullMarked;
