// Starts the embedded relay when the first tunnel needs it, on the port it had the last time so that addresses stay.
// Main thread; owned by Workspace.
#pragma once

#include "workspace/local_relay.h"
#include "workspace/notice_board.h"
#include "workspace/run_memory.h"

#include <functional>

namespace workspace {

class RelayStart {
public:
    using Tell = std::function<void(const Notice &)>;

    RelayStart(LocalRelay &relay, RunMemory &memory, Tell tell);

    // Does nothing when it runs. A start that failed is tried again by the next call.
    [[nodiscard]] wire::Result<> ensure();
    // Where it is, or was in the last run; 0: nobody knows.
    [[nodiscard]] quint16 port() const;

private:
    void compare(quint16 former);

    LocalRelay &m_relay;
    RunMemory &m_memory;
    Tell m_tell;
};

} // namespace workspace
