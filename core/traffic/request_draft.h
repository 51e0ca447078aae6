// A request in the making for the replay window: what the user edits, from a recorded exchange or from nothing, and
// back to what the engine sends. Values; pure; any thread.
#pragma once

#include "client/replay_request.h"
#include "traffic/exchange.h"

#include <QList>
#include <QString>

namespace traffic {

struct DraftHeader {
    bool enabled = true;
    QString name;
    QString value; // Latin-1 on the wire (RFC 9110 5.5)

    friend bool operator==(const DraftHeader &, const DraftHeader &) = default;
};

struct RequestDraft {
    QString method;
    QString url; // absolute: scheme, host and port say which local service, the rest is the request target
    QList<DraftHeader> headers;
    QByteArray body;

    friend bool operator==(const RequestDraft &, const RequestDraft &) = default;
};

// The recorded request, to be sent to `target`. Content-Length is left out (it is made to fit); nothing else is. Bytes
// of the request target that are not ASCII, which no browser sends, become percent-escapes.
[[nodiscard]] RequestDraft draftFrom(const Exchange &exchange, const client::LocalTarget &target);

// "http://localhost:3000": the beginning of every URL that names this service.
[[nodiscard]] QString originOf(const client::LocalTarget &target);

// InvalidRequest with a sentence for the user: bad URL, method or header. `tunnelTarget` is used, with its TLS and Host
// rules, when the URL names its origin; any other origin is a plain verified target of its own. The request target is
// taken byte for byte and never normalised; what is not ASCII in it is escaped. Rows that are disabled or empty are
// left out, as are Content-Length and what belongs to one connection only (RFC 9110 7.6.1); Upgrade and
// Transfer-Encoding are refused.
[[nodiscard]] wire::Result<client::ReplayRequest> toReplay(const RequestDraft &draft,
                                                           const client::LocalTarget &tunnelTarget);

} // namespace traffic
