// What the replay window says about a request and its answer. Pure; GUI thread (texts are translated).
#pragma once

#include "ui/windows/replay_session.h"

#include <QString>

namespace ui {

// "A copy of what shop received at 14:03:22. …"
[[nodiscard]] QString sourceText(const ReplaySession &session);
// That the user has to say who gets it, and why; empty when that is known.
[[nodiscard]] QString targetNotice(const ReplaySession &session);
// "Set when it is sent: Host: localhost:3000, Content-Length: 42"; empty when nothing is, or it cannot be sent.
[[nodiscard]] QString addedFieldsText(const ReplaySession &session);

// What is missing of the body that would be sent; nothing when it is whole or another. `choice`: the button that says
// to send it nevertheless; empty when that was said.
struct LossText {
    QString sentence;
    QString choice;
};
[[nodiscard]] LossText lossText(const ReplaySession &session);

// Why there is no whole answer, and what to do; empty unless it was aborted.
[[nodiscard]] QString failureText(const client::ExchangeSummary &answer);
// In place of its body; empty when there is one to show.
[[nodiscard]] QString noBodyText(const traffic::Exchange &answer);

} // namespace ui
