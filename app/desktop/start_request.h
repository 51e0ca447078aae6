// What a start of the program asks for: carried out by the first one, handed over by any other. A value.
#pragma once

#include "wire/result.h"

#include <QByteArray>
#include <QString>

namespace desktop {

struct StartRequest {
    bool expose = false; // the form where a port is chosen, or, with a target, the tunnel
    QString target{};    // as typed: "3000", "localhost:3000", "https://app.test"
    QString name{};      // wished for in the public URL; empty: any
    bool hidden = false; // only in the tray, where there is one

    friend bool operator==(const StartRequest &, const StartRequest &) = default;
};

// One line of JSON without its end.
[[nodiscard]] QByteArray toMessage(const StartRequest &request);
// Unknown keys are ignored: another version may have sent it.
[[nodiscard]] wire::Result<StartRequest> fromMessage(const QByteArray &message);

} // namespace desktop
