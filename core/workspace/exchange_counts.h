// Requests of visitors that ended, by tunnel. Pure; any thread.
#pragma once

#include "client/tunnel_status.h"

#include <QHash>

namespace workspace {

struct ExchangeCounts {
    quint64 requests = 0;
    quint64 failures = 0; // of those, aborted or 5xx
};

// Each exchange ends in one batch only; replays of the user are not counted.
[[nodiscard]] QHash<QString, ExchangeCounts> countEnded(const client::ExchangeBatch &batch);

} // namespace workspace
