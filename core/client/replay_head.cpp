#include "client/replay_head.h"

#include "client/local_head.h"
#include "wire/ids.h"

#include <algorithm>
#include <array>

namespace client {

namespace {

using wire::Code;

// RFC 9110 8.6: these announce even an empty body.
bool expectsBody(std::string_view method)
{
    static constexpr std::array<std::string_view, 3> kMethods{"POST", "PUT", "PATCH"};
    return std::ranges::find(kMethods, method) != kMethods.end();
}

void fitToBody(wire::RequestHead &head, std::size_t bodyBytes)
{
    if (bodyBytes == 0 && !expectsBody(head.method)) {
        head.body = wire::BodyKind::None;
        return wire::removeHeader(head.headers, "content-length");
    }
    head.body = wire::BodyKind::Sized;
    wire::setHeader(head.headers, "Content-Length", std::to_string(bodyBytes));
}

wire::Result<> checkFields(const wire::RequestHead &head)
{
    if (!head.upgrade.empty() || wire::findHeader(head.headers, "upgrade"))
        return wire::fail(Code::InvalidRequest,
                          "Requests that ask for another protocol, as WebSockets do, cannot be "
                          "sent from here. Leave out the Upgrade field to send it as plain HTTP.");
    if (wire::findHeader(head.headers, "transfer-encoding"))
        return wire::fail(Code::InvalidRequest, "Transfer-Encoding cannot be chosen: the body is sent with its "
                                                "Content-Length. Leave out that field.");
    return {};
}

wire::Result<> checkSyntax(const wire::RequestHead &head)
{
    auto checked = wire::checkHead(head);
    if (checked)
        checked = wire::checkFraming(head);
    if (!checked)
        return wire::fail(Code::InvalidRequest, "The request cannot be sent: " + checked.error().message + ".");
    return {};
}

} // namespace

wire::Result<wire::RequestHead> replayHead(const ReplayRequest &request)
{
    auto head = request.head;
    fitToBody(head, std::size_t(request.body.size()));
    if (head.requestId.empty())
        head.requestId = wire::drawRequestId();
    auto checked = checkFields(head);
    if (checked)
        checked = checkSyntax(head);
    if (!checked)
        return std::unexpected(std::move(checked.error()));
    return head;
}

std::optional<std::string> replayHostField(const ReplayRequest &request)
{
    auto field = hostFieldFor(request.target);
    if (field || wire::findHeader(request.head.headers, "host"))
        return field;
    auto target = request.target;
    target.hostHeader = HostHeader::Rewrite;
    return hostFieldFor(target);
}

} // namespace client
